"""Writes degradations.safetensors: what blur kernels, resizing, sharpening and JPEG are by other programs.

    python3 make_degradations.py OUT_DIR

Kernels and sharpening are an independent transcription of Wang et al. 2021 in NumPy, in float64: Gaussians by their
inverse covariance, the sinc filter by the power series of J1. Resizing is PyTorch's own interpolate, JPEG is Pillow's.
Seed 3. The names of answers are read by DegradationFixtureTest.
"""
import io
import json
import math
import struct
import sys
from decimal import Decimal, getcontext
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

getcontext().prec = 60

KERNELS = [  # kind, size, deviations, angle, shape
    ("gaussian", 7, 0.2, 0.2, 0.0, 1), ("gaussian", 21, 2.7, 2.7, 0.0, 1), ("gaussian", 13, 0.6, 2.9, 0.7, 1),
    ("gaussian", 11, 2.5, 0.9, -2.4, 1), ("generalised", 15, 1.7, 1.7, 0.0, 0.5), ("generalised", 9, 2.2, 0.5, 2.9, 3.6),
    ("plateau", 17, 2.0, 2.0, 0.0, 1.0), ("plateau", 11, 0.4, 2.8, -0.9, 1.8)]
SINCS = [(7, math.pi / 3), (13, 1.9), (21, math.pi / 5), (21, 3.1)]
FACTORS = [0.15, 0.37, 0.93, 1.5]
SIDES = [(4, 6), (9, 25), (31, 8), (13, 6)]


def write_safetensors(path, arrays):
    header, blob = {}, b""
    for name, array in arrays.items():
        raw = np.ascontiguousarray(array, np.float32).tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [len(blob), len(blob) + len(raw)]}
        blob += raw
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    path.write_bytes(struct.pack("<Q", len(head)) + head + blob)


def bivariate(kind, size, sigma_x, sigma_y, angle, beta):
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    inverse = np.linalg.inv(turn @ np.diag([sigma_x ** 2, sigma_y ** 2]) @ turn.T)
    line = np.arange(size) - size // 2
    x, y = np.meshgrid(line, line)
    places = np.stack([x, y], -1).astype(float)
    q = np.einsum("yxi,ij,yxj->yx", places, inverse, places)
    kernel = 1 / (1 + q ** beta) if kind == "plateau" else np.exp(-0.5 * q ** beta)
    return kernel / kernel.sum()


def j1(x):
    """The power series, with so many digits that its alternating terms may cancel."""
    half = Decimal(x) / 2
    term = total = half
    for m in range(1, 200):
        term *= -half * half / (m * (m + 1))
        total += term
    return float(total)


def sinc(size, cutoff):
    kernel = np.zeros((size, size))
    for y in range(size):
        for x in range(size):
            r = math.hypot(y - size // 2, x - size // 2)
            kernel[y, x] = cutoff * j1(cutoff * r) / (2 * math.pi * r) if r else cutoff ** 2 / (4 * math.pi)
    return kernel / kernel.sum()


def filtered(planes, kernel):
    high, wide = kernel.shape
    padded = np.pad(planes, ((0, 0), (high // 2, high // 2), (wide // 2, wide // 2)), "reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape, (1, 2))
    return np.einsum("cyxij,ij->cyx", windows, kernel)


def sharpened(planes):
    line = np.exp(-(np.arange(51) - 25) ** 2 / (2 * (0.3 * (0.5 * (51 - 1) - 1) + 0.8) ** 2))  # OpenCV's deviation
    kernel = np.outer(line, line) / line.sum() ** 2
    residual = planes - filtered(planes, kernel)
    soft = filtered((abs(residual) * 255 > 10).astype(float), kernel)
    return soft * np.clip(planes + 0.5 * residual, 0, 1) + (1 - soft) * planes


def compressed(levels, quality):
    file = io.BytesIO()
    Image.fromarray(levels.transpose(1, 2, 0)).save(file, "JPEG", quality=quality, subsampling="4:2:0")
    return np.asarray(Image.open(file)).transpose(2, 0, 1)


def main(out):
    random = np.random.default_rng(3)
    y, x = np.mgrid[:13, :19]
    shapes = np.stack([0.5 + 0.4 * np.sin(x / 3 + c) * np.cos(y / (2 + c)) for c in range(3)])
    shapes[:, 4:9, 7:13] = 1 - shapes[:, 4:9, 7:13]
    levels = np.clip(np.rint(255 * (shapes + 0.03 * random.standard_normal(shapes.shape))), 0, 255).astype(np.uint8)
    picture = (levels / np.float32(255)).astype(np.float32)
    answers = {"picture": picture}
    for parameters in KERNELS:
        answers["/".join(map(str, parameters))] = bivariate(*parameters)
    for size, cutoff in SINCS:
        answers[f"sinc/{size}/{cutoff}"] = sinc(size, cutoff)
    answers["filtered"] = filtered(picture, bivariate(*KERNELS[2]))
    answers["sharpened"] = sharpened(picture.astype(float))
    batch = torch.from_numpy(picture)[None, :1]  # a plane is enough
    for mode in ("area", "bilinear", "bicubic"):
        how = {} if mode == "area" else {"align_corners": False}
        for factor in FACTORS:
            answers[f"{mode}/by/{factor}"] = F.interpolate(batch, scale_factor=factor, mode=mode, **how)[0].numpy()
        for sides in SIDES:
            answers[f"{mode}/to/{sides[0]}/{sides[1]}"] = F.interpolate(batch, size=sides, mode=mode, **how)[0].numpy()
    for quality in (30, 90):
        answers[f"jpeg/{quality}"] = compressed(levels, quality)
    write_safetensors(Path(out) / "degradations.safetensors", answers)


main(sys.argv[1])
