"""Writes golden.properties, what `esrgan eval --self-test` checks without any data, with NumPy alone.

    python3 make_self_test.py OUT_FILE

An independent transcription of MATLAB's imresize (bicubic, antialiasing), rgb2ycbcr's luma, PSNR, and SSIM as Wang's
ssim_index.m; pictures follow from a formula.
"""
import sys

import numpy as np


def picture(width, height):
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return (128 + 60 * np.sin(x / (3.0 + c)) + 50 * np.cos((x + 2 * y) / 7.0) + (x * y + 31 * c) % 13).round()


def kernel(d):
    d = np.abs(d)
    return np.where(d <= 1, 1.5 * d**3 - 2.5 * d**2 + 1, np.where(d <= 2, -.5 * d**3 + 2.5 * d**2 - 4 * d + 2, 0))


def matrix(size, scale):
    """(ceil(size * scale), size): what each output takes of each input; the edge is mirrored."""
    shrink, width = min(scale, 1), 4 / min(scale, 1)
    rows = np.zeros((int(np.ceil(size * scale)), size))
    for i, row in enumerate(rows):
        centre = (i + .5) / scale - .5
        at = np.arange(int(np.floor(centre - width / 2)) - 1, int(np.ceil(centre + width / 2)) + 2)
        weights = kernel(shrink * (centre - at))
        weights /= weights.sum()
        mirrored = at % (2 * size)
        mirrored = np.where(mirrored < size, mirrored, 2 * size - 1 - mirrored)
        np.add.at(row, mirrored, weights)
    return rows


def imresize(image, scale):
    """(h, w) or (h, w, c), columns first."""
    tall = np.tensordot(matrix(image.shape[0], scale), image, (1, 0))
    return np.moveaxis(np.tensordot(matrix(image.shape[1], scale), tall, (1, 1)), 0, 1)


def byte(image):
    return np.floor(np.clip(image, 0, 255) + .5)


def luma(image):
    return 16 + image @ np.array([65.481, 128.553, 24.966]) / 255


def psnr(a, b):
    return 10 * np.log10(255**2 / ((a - b) ** 2).mean())


def ssim(a, b):
    if a.ndim == 3:
        return np.mean([ssim(a[..., c], b[..., c]) for c in range(a.shape[2])])
    g = np.exp(-np.arange(-5, 6) ** 2 / 4.5)
    window = np.outer(g, g) / g.sum() ** 2

    def mean(x):
        return np.einsum("yxij,ij->yx", np.lib.stride_tricks.sliding_window_view(x, (11, 11)), window)
    ma, mb = mean(a), mean(b)
    va, vb, vab = mean(a * a) - ma**2, mean(b * b) - mb**2, mean(a * b) - ma * mb
    c1, c2 = 2.55**2, 7.65**2
    return ((2 * ma * mb + c1) * (2 * vab + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2))).mean()


def main(out):
    high = picture(96, 72)
    low = byte(imresize(high, .25))
    enlarged = byte(imresize(low, 4))
    a, b = high[4:-4, 4:-4], enlarged[4:-4, 4:-4]
    lines = ["# Written by make_self_test.py, an independent transcription with NumPy: the picture of 96x72 pixels,",
             "# shrunk to a quarter and enlarged again by bicubic, a border of 4 cut; and imresize of a plane of 11x7 samples.",
             f"psnr-y={psnr(luma(a), luma(b)):.9f}", f"psnr-rgb={psnr(a, b):.9f}", f"ssim-y={ssim(luma(a), luma(b)):.9f}",
             f"ssim-rgb={ssim(a, b):.9f}", f"rmse-y={((luma(a) - luma(b)) ** 2).mean() ** .5:.9f}",
             f"rmse-rgb={((a - b) ** 2).mean() ** .5:.9f}",
             f"lr-psnr={psnr(byte(imresize(enlarged, .25)), low):.9f}"]
    plane = picture(11, 7)[..., 0]
    for name, scale in [("down4", 1 / 4), ("down3", 1 / 3), ("down2", 1 / 2), ("up2", 2), ("up3", 3), ("up4", 4)]:
        resized = imresize(plane, scale)
        lines.append(f"{name}={resized.shape[1]} {resized.shape[0]} " + " ".join(f"{v:.7f}" for v in resized.ravel()))
    with open(out, "w") as file:
        file.write("\n".join(lines) + "\n")


main(*sys.argv[1:])
