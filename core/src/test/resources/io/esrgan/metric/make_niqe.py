"""NIQE in NumPy and SciPy, for the tests of the one in Java, with which it shares no code.

    python3 make_niqe.py SAMPLES_DIR OUT_DIR        writes niqe-samples.npz and niqe.csv
    python3 make_niqe.py --params FILE PICTURE...   prints the value of each picture

The usual parameters, fitted by the method's authors to pictures of their own, are not here. niqe-samples.npz is
fitted to all blocks of the project's three sample pictures instead, so what is measured with it means nothing beside
published values. niqe.csv has the values of these pictures, as they are and changed, with those parameters.
"""
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import convolve
from scipy.special import gamma

BLOCK = 96
GRID = np.arange(0.2, 10.001, 0.001)
RATIO = gamma(2 / GRID) ** 2 / (gamma(1 / GRID) * gamma(3 / GRID))


def window():
    """7x7 Gaussian of sigma 7/6, sum 1."""
    line = np.exp(-np.arange(-3, 4) ** 2 / (2 * (7 / 6) ** 2))
    square = np.outer(line, line)
    return square / square.sum()


def luma(picture):
    """Y as MATLAB's rgb2ycbcr makes it, rounded; gray stays as it is."""
    picture = np.asarray(picture, dtype=np.float64)
    if picture.ndim == 2:
        return picture
    return np.round(picture @ np.array([65.481, 128.553, 24.966]) / 255 + 16)


def halved(y):
    """MATLAB's imresize by a half: bicubic (a = -0.5) widened to 8 taps, the border mirrored."""
    def cubic(x):
        x = np.abs(x)
        return np.where(x <= 1, 1.5 * x ** 3 - 2.5 * x ** 2 + 1,
                        np.where(x <= 2, -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2, 0))

    weights = cubic((np.arange(8) - 3.5) / 2) / 2
    weights /= weights.sum()
    for axis in (0, 1):
        pad = [(3, 3) if a == axis else (0, 0) for a in (0, 1)]
        padded = np.moveaxis(np.pad(y, pad, mode="symmetric"), axis, 0)
        length = y.shape[axis] // 2
        y = np.moveaxis(sum(w * padded[k:k + 2 * length - 1:2] for k, w in enumerate(weights)), 0, axis)
    return y


def aggd(x):
    with np.errstate(invalid="ignore", divide="ignore"):
        left = np.sqrt(np.sum(x[x < 0] ** 2) / np.sum(x < 0))
        right = np.sqrt(np.sum(x[x > 0] ** 2) / np.sum(x > 0))
        g = left / right
        r = np.mean(np.abs(x)) ** 2 / np.mean(x ** 2)
        norm = r * (g ** 3 + 1) * (g + 1) / (g ** 2 + 1) ** 2
    alpha = GRID[np.argmin((RATIO - norm) ** 2)]  # the first where all are NaN
    factor = np.sqrt(gamma(1 / alpha) / gamma(3 / alpha))
    return alpha, left * factor, right * factor


def features(y, win):
    rows, columns = (n // BLOCK for n in y.shape)
    y = y[:rows * BLOCK, :columns * BLOCK]
    out = [[] for _ in range(rows * columns)]
    for side in (BLOCK, BLOCK // 2):
        mean = convolve(y, win, mode="nearest")
        sigma = np.sqrt(np.abs(convolve(y * y, win, mode="nearest") - mean ** 2))
        difference = y - mean
        difference[np.abs(difference) < 1e-9] = 0  # where it is flat; the sign of rounding noise would count
        normal = difference / (sigma + 1)
        for i in range(rows * columns):
            top, left = i // columns * side, i % columns * side
            block = normal[top:top + side, left:left + side]
            alpha, bl, br = aggd(block)
            out[i] += [alpha, (bl + br) / 2]
            for shift in ((0, 1), (1, 0), (1, 1), (1, -1)):
                alpha, bl, br = aggd(block * np.roll(block, shift, axis=(0, 1)))
                out[i] += [alpha, (br - bl) * gamma(2 / alpha) / gamma(1 / alpha), bl, br]
        y = halved(y)
    return np.array(out)


def niqe(y, params):
    f = features(y, params["gaussian_window"])
    mean = np.nanmean(f, axis=0)
    cov = np.cov(f[~np.isnan(f).any(axis=1)], rowvar=False)
    d = params["mu_pris_param"].ravel() - mean
    return float(np.sqrt(d @ np.linalg.pinv((params["cov_pris_param"] + cov) / 2) @ d))


def changed(y):
    """The same changes that the Java test makes, all in whole numbers."""
    yield "itself", y
    yield "border 4", y[4:-4, 4:-4]
    yield "transposed", y.T
    yield "two blocks", y[:100, :200]
    averaged = (y[:-1, :-1] + y[1:, :-1] + y[:-1, 1:] + y[1:, 1:]) // 4
    yield "averaged", averaged
    flat = y.copy()
    flat[:120, :120] = 77
    yield "flat corner", flat


def main():
    if sys.argv[1] == "--params":
        params = np.load(sys.argv[2])
        for name in sys.argv[3:]:
            print("%s %.8f" % (name, niqe(luma(Image.open(name)), params)))
        return
    samples, out = map(Path, sys.argv[1:])
    pictures = {name: luma(Image.open(samples / f"{name}.png")) for name in ("astronaut", "chelsea", "coffee")}
    all_features = np.concatenate([features(y, window()) for y in pictures.values()])
    params = {"mu_pris_param": all_features.mean(axis=0, keepdims=True),
              "cov_pris_param": np.cov(all_features, rowvar=False), "gaussian_window": window()}
    np.savez(out / "niqe-samples.npz", **params)
    with open(out / "niqe.csv", "w") as csv:
        csv.write("picture,change,niqe\n")
        for name, y in pictures.items():
            for change, changed_y in changed(y):
                csv.write("%s,%s,%.9f\n" % (name, change, niqe(changed_y, params)))


if __name__ == "__main__":
    main()
