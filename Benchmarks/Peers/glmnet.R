# Fits glmnet's models on request: glmnet.R FOLDER ROWS COLUMNS. A line of standard input is a family, alpha, a
# threshold and the penalties, largest first; it is answered by the seconds of glmnet() alone, once its intercepts and
# coefficients at the last penalty [1 + columns, classes], or at all [1 + columns, penalties] of a family path-..., are in FOLDER/found. FOLDER/x and FOLDER/y hold doubles, x by columns.
suppressPackageStartupMessages(library(glmnet))
told <- commandArgs(TRUE)
rows <- as.integer(told[2])
columns <- as.integer(told[3])
numbers <- function(name, count) readBin(file.path(told[1], name), "double", count)
x <- matrix(numbers("x", rows * columns), rows, columns)
y <- numbers("y", rows)
input <- file("stdin", "r")
cat(format(packageVersion("glmnet")), "\n")
flush(stdout())
while (length(line <- readLines(input, 1))) {
  words <- strsplit(line, " ")[[1]]
  whole <- startsWith(words[1], "path-")
  family <- sub("path-", "", words[1])
  target <- if (family == "gaussian") y else factor(y)
  more <- as.numeric(words[-1])
  lambda <- more[-(1:2)]
  begin <- Sys.time()
  model <- glmnet(x, target, family = family, alpha = more[1], lambda = lambda, thresh = more[2],
                  standardize = FALSE, maxit = 1e7, type.gaussian = if (columns > rows) "naive" else "covariance")
  seconds <- as.numeric(Sys.time() - begin, units = "secs")
  last <- length(lambda)
  found <- if (whole) {
    rbind(model$a0, as.matrix(model$beta))
  } else if (family == "multinomial") {
    rbind(model$a0[, last], sapply(model$beta, function(beta) as.matrix(beta)[, last]))
  } else {
    c(model$a0[last], as.matrix(model$beta)[, last])
  }
  writeBin(as.double(found), file.path(told[1], "found"))
  cat(format(seconds, digits = 6), "\n")
  flush(stdout())
}
