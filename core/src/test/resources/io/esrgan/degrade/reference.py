"""Writes reference.npz: Real-ESRGAN's kernels, filters and resizes by NumPy and PyTorch.

Run in this folder: python3 reference.py
"""
import numpy as np
import torch
import torch.nn.functional as F


def quadratic(size, sx, sy, angle):
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    inverse = np.linalg.inv(turn @ np.diag([sx**2, sy**2]) @ turn.T)
    axis = np.arange(-size // 2 + 1.0, size // 2 + 1.0)
    xx, yy = np.meshgrid(axis, axis)
    grid = np.stack([xx, yy], -1)
    return np.sum((grid @ inverse) * grid, 2)


def unit(kernel):
    return kernel / kernel.sum()


def sinc(size, cutoff):
    axis = torch.arange(size, dtype=torch.float64) - (size - 1) / 2
    r = torch.hypot(axis[:, None], axis[None, :])
    kernel = cutoff * torch.special.bessel_j1(cutoff * r) / (2 * np.pi * r)
    kernel[size // 2, size // 2] = cutoff**2 / (4 * np.pi)
    return unit(kernel.numpy())


def blur(image, kernel):
    k = torch.from_numpy(np.asarray(kernel, np.float32))
    pad = F.pad(image[None], [k.shape[1] // 2] * 2 + [k.shape[0] // 2] * 2, mode="reflect")
    return F.conv2d(pad.transpose(0, 1), k[None, None])[:, 0]


def sharpen(image):
    line = np.exp(-((np.arange(51) - 25) ** 2) / (2 * 8.0**2))
    kernel = unit(np.outer(line, line))
    soft = blur(image, kernel)
    mask = ((image - soft).abs() * 255 > 10).float()
    mask = blur(mask, kernel)
    return mask * (image + 0.5 * (image - soft)).clip(0, 1) + (1 - mask) * image


torch.manual_seed(1)
smooth = F.interpolate(torch.rand(1, 1, 8, 9), size=(27, 31), mode="bicubic")[0].clip(0, 1)
q = quadratic(9, 2.3, 0.7, 0.6)
out = {
    "picture": smooth,
    "gaussian": unit(np.exp(-0.5 * q)),
    "generalised": unit(np.exp(-0.5 * q**0.7)),
    "plateau": unit(1 / (q**1.6 + 1)),
    "sinc": sinc(21, 2.9),
    "blurred": blur(smooth, unit(np.exp(-0.5 * q))),
    "sharpened": sharpen(smooth),
}
for mode in ("area", "bilinear", "bicubic"):
    corners = {} if mode == "area" else {"align_corners": False}
    for factor in (0.43, 1.3):
        resized = F.interpolate(smooth[None], scale_factor=factor, mode=mode, **corners)
        out[f"{mode}_{factor}"] = resized[0]
    out[f"{mode}_to"] = F.interpolate(smooth[None], size=(17, 41), mode=mode, **corners)[0]
np.savez_compressed("reference.npz", **{k: np.asarray(v, np.float32) for k, v in out.items()})
