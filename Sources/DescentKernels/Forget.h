#undef ELEMENT
#undef IS_FLOAT
#undef INTEGER
#undef UNSIGNED
#undef LANES
#undef V
#undef I
#undef W
