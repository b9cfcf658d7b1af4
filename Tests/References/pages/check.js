// What is wrong with the page as it is laid out now, a text each: what overflows, overlaps, cannot be read, has no name.
(() => {
  const problems = [], page = document.scrollingElement;
  const note = (what, element) => problems.push(`${what}: ${(element.outerHTML || element.textContent).slice(0, 160)}`);
  const isVisible = (element) => element.checkVisibility({ contentVisibilityAuto: true });

  if (page.scrollWidth > innerWidth) problems.push(`the page is ${page.scrollWidth} wide in a window of ${innerWidth}`);

  // Lines of text, as they stand on the screen; what a container that scrolls hides is cut off.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest("title, desc, style") || !isVisible(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const scroller = parent.closest(".scroll, pre")?.getBoundingClientRect();
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const [left, right] = scroller ? [Math.max(box.left, scroller.left), Math.min(box.right, scroller.right)] : [box.left, box.right];
      if (right - left < 1) continue;
      lines.push({ parent, left, right, top: box.top, bottom: box.bottom });
      if (left < -1 || right > innerWidth + 1) note("beyond the window", parent);
      if (box.height < 9) note(`text ${box.height.toFixed(1)} pixels high`, parent);
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((a, i) => {
    for (let j = i + 1; j < lines.length && lines[j].top < a.bottom - 3; j++) {
      const b = lines[j];
      if (a.parent === b.parent || a.parent.contains(b.parent) || b.parent.contains(a.parent)) continue;
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1) note(`over '${b.parent.textContent.slice(0, 40)}'`, a.parent);
    }
  });

  for (const svg of document.querySelectorAll("svg[role=img]")) {
    if (!isVisible(svg)) continue;
    const frame = svg.getBoundingClientRect();
    for (const text of svg.querySelectorAll("text, polyline, circle")) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        note("beyond its picture", text);
    }
  }

  // Names.
  const named = (ids) => ids.split(" ").every((id) => document.getElementById(id)?.textContent.trim());
  for (const svg of document.querySelectorAll("svg:not([aria-hidden])")) if (!named(svg.getAttribute("aria-labelledby") || "-")) note("without a name", svg);
  for (const image of document.images) {
    if (!image.alt.trim()) note("without a text", image);
    if (!image.naturalWidth) note("does not load", image);
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption?.textContent.trim()) note("without a caption", table);
    for (const head of table.querySelectorAll("th")) if (!head.scope || !head.textContent.trim()) note("without a scope or a name", head);
  }
  for (const link of document.querySelectorAll("a, summary, [role=group]"))
    if (!link.textContent.trim()) note("without a name", link);
  if (!document.documentElement.lang || !document.title || document.querySelectorAll("h1, main").length !== 2)
    problems.push("the page lacks a language, a title, one heading or one main part");
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) note("skips a level", heading);
    level = next;
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`two of ${id}`);

  // Contrast, as WCAG 2.2 measures it: 4.5 of text, 3 of lines.
  const parsed = (text) => {
    const numbers = (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return numbers.length < 4 ? [...numbers, 1] : numbers;
  };
  const over = (top, bottom) => top.slice(0, 3).map((c, i) => c * top[3] + bottom[i] * (1 - top[3]));
  const background = (element) =>
    element ? over(parsed(getComputedStyle(element).backgroundColor), background(element.parentElement)) : [255, 255, 255];
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const seen = new Set();
  for (const { parent } of lines) {
    if (seen.has(parent)) continue;
    seen.add(parent);
    const style = getComputedStyle(parent), behind = background(parent);
    const colour = over(parsed(parent.closest("svg") ? style.fill : style.color), behind);
    if (contrast(colour, behind) < 4.5) note(`contrast of ${contrast(colour, behind).toFixed(2)}`, parent);
  }
  for (const line of document.querySelectorAll(".line, .axis")) {
    const behind = background(line), ratio = contrast(over(parsed(getComputedStyle(line).stroke), behind), behind);
    if (ratio < 3) note(`contrast of ${ratio.toFixed(2)}`, line);
  }
  return problems;
})()
