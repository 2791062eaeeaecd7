"""Writes lpips.safetensors beside it with PyTorch: what LPIPS v0.1 is of pictures that follow from a formula.

    python3 make_lpips.py OUT_DIR [LINEAR_DIR]

An independent transcription of Zhang et al. 2018 on torchvision's AlexNet, VGG16 and SqueezeNet 1.1. Their weights, and
linear layers, follow from their names, so that none need be kept; LINEAR_DIR has the authors' alex.pth, vgg.pth and
squeeze.pth, which give a second number each ("real"). Without it only the first are written.
"""
import json
import math
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTHS = {"alex": [64, 192, 384, 256, 256], "vgg": [64, 128, 256, 512, 512], "squeeze": [64, 128, 256, 384, 384, 512, 512]}


def by_name(name, *shape):
    """Uniform, of a variance that lasts through rectifiers; numbers that follow from a weight's name."""
    seed = zlib.crc32(name.encode()) % 1009
    spread = math.sqrt(6 / (math.prod(shape[1:]) if len(shape) > 1 else 100))
    i = np.arange(math.prod(shape), dtype=np.int64)
    drawn = (i * 911 + seed * 31) * (i + seed) % 1009 - 504
    return torch.from_numpy((drawn / 504.0 * spread).astype(np.float32)).reshape(shape)


def picture(width, height, seed):
    """(1, 3, h, w) in 0 to 255."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    values = (x * (7 + seed) + y * (13 - seed) + c * 91 + x * y * (c + 1) // 5) % 256
    return torch.from_numpy(values.astype(np.float32)).permute(2, 0, 1)[None]


class Fire(nn.Module):
    def __init__(self, inputs, squeezed, expanded):
        super().__init__()
        self.squeeze1x1 = nn.Conv2d(inputs, squeezed, 1)
        self.expand1x1 = nn.Conv2d(squeezed, expanded, 1)
        self.expand3x3 = nn.Conv2d(squeezed, expanded, 3, padding=1)

    def forward(self, x):
        x = F.relu(self.squeeze1x1(x))
        return torch.cat([F.relu(self.expand1x1(x)), F.relu(self.expand3x3(x))], 1)


def alex():
    return nn.Sequential(nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2), nn.Conv2d(64, 192, 5, padding=2),
                         nn.ReLU(), nn.MaxPool2d(3, 2), nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(),
                         nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(), nn.Conv2d(256, 256, 3, padding=1), nn.ReLU()), \
        [1, 4, 7, 9, 11]


def vgg():
    layers, taps, inputs = [], [], 3
    for block, outputs in zip([2, 2, 3, 3, 3], WIDTHS["vgg"]):
        if layers:
            layers.append(nn.MaxPool2d(2, 2))
        for _ in range(block):
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU()]
            inputs = outputs
        taps.append(len(layers) - 1)
    return nn.Sequential(*layers), taps


def squeeze():
    def pool():
        return nn.MaxPool2d(3, 2, ceil_mode=True)
    return nn.Sequential(nn.Conv2d(3, 64, 3, 2), nn.ReLU(), pool(), Fire(64, 16, 64), Fire(128, 16, 64), pool(),
                         Fire(128, 32, 128), Fire(256, 32, 128), pool(), Fire(256, 48, 192), Fire(384, 48, 192),
                         Fire(384, 64, 256), Fire(512, 64, 256)), [1, 4, 7, 9, 10, 11, 12]


def lpips(network, taps, linear, a, b):
    shift = torch.tensor([-.030, -.088, -.188]).view(1, 3, 1, 1)
    scale = torch.tensor([.458, .448, .450]).view(1, 3, 1, 1)

    def seen(x):
        x, found = (x / 255 * 2 - 1 - shift) / scale, []
        for number, layer in enumerate(network):
            x = layer(x)
            if number in taps:
                found.append(x)
        return [f / (f.pow(2).sum(1, keepdim=True).sqrt() + 1e-10) for f in found]

    total = 0
    for weight, p, q in zip(linear, seen(a), seen(b)):
        total = total + F.conv2d((p - q) ** 2, weight).mean()
    return total.reshape(1)


def main(out, real=None):
    answers = {}
    for name, make in {"alex": alex, "vgg": vgg, "squeeze": squeeze}.items():
        network, taps = make()
        network.load_state_dict({k: by_name("features." + k, *v.shape) for k, v in network.state_dict().items()})
        linear = [by_name(f"lin{i}.model.1.weight", 1, width, 1, 1).abs() for i, width in enumerate(WIDTHS[name])]
        given = [("named", linear)]
        if real:
            state = torch.load(Path(real, name + ".pth"), map_location="cpu")
            given.append(("real", [state[f"lin{i}.model.1.weight"] for i in range(len(linear))]))
        with torch.no_grad():
            for kind, layers in given:
                for width, height in [(64, 64), (75, 50), (46, 61)]:
                    a, b = picture(width, height, 0), picture(width, height, 2)
                    answers[f"{name}.{kind}.{width}x{height}"] = lpips(network, taps, layers, a, b)
    header, blob = {}, b""
    for name, tensor in answers.items():
        raw = tensor.float().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": [1], "data_offsets": [len(blob), len(blob) + len(raw)]}
        blob += raw
        print(name, tensor.item())
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    Path(out, "lpips.safetensors").write_bytes(struct.pack("<Q", len(head)) + head + blob)


main(*sys.argv[1:])
