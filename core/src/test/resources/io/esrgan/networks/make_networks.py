"""Writes the files beside it with PyTorch: small networks that the paper compares with, and what PyTorch makes of them.

    python3 make_networks.py OUT_DIR

An independent transcription of the papers' figures and the authors' code. For each network: random weights, a picture
`low`, the network's `forward` in training (`eval` where that differs), the loss mean((forward - high)^2), and its
gradient for all but the largest weights under `gradient.`. Seed 7. What a network measures (batch normalisation) is written as it was
before the step, and as it is after it under `after.`.
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

LARGE = 2000  # numbers of a weight whose gradient would make the files large


def write_safetensors(path, tensors):
    header, blob = {}, b""
    for name, tensor in tensors.items():
        half = name.startswith("weights.")  # they were rounded to what float16 holds
        raw = (tensor.detach().half() if half else tensor.detach().float()).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F16" if half else "F32", "shape": list(tensor.shape), "data_offsets": [len(blob), len(blob) + len(raw)]}
        blob += raw
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    path.write_bytes(struct.pack("<Q", len(head)) + head + blob)


# ---------------------------------------------------------------- enlarging, as matrices in float64

def cubic(x, a):
    x = abs(x)
    if x < 1:
        return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1
    return a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a if x < 2 else 0


def matrix(size, factor, a, centres):
    """Row i: what each of `size` pixels adds to result i. The edge is repeated."""
    rows = np.zeros((size * factor, size))
    for i in range(size * factor):
        place = (i + .5) / factor - .5 if centres else i / factor
        for tap in range(int(np.floor(place)) - 1, int(np.floor(place)) + 3):
            rows[i, min(max(tap, 0), size - 1)] += cubic(place - tap, a)
    return torch.tensor(rows, dtype=torch.float32)


def bicubic(x, factor, a, centres):
    vertical, horizontal = (matrix(size, factor, a, centres) for size in x.shape[2:])
    return torch.einsum("ih,nchw,jw->ncij", vertical, x, horizontal)


# ---------------------------------------------------------------- the networks

class Srcnn(nn.Module):
    def __init__(self, channels, middle, scale):
        super().__init__()
        self.channels, self.scale = channels, scale
        self.conv1 = nn.Conv2d(channels, 64, 9, padding=4)
        self.conv2 = nn.Conv2d(64, 32, middle, padding=middle // 2)
        self.conv3 = nn.Conv2d(32, channels, 5, padding=2)

    def convolved(self, x):
        return self.conv3(F.relu(self.conv2(F.relu(self.conv1(x)))))

    def forward(self, x):
        x = bicubic(x, self.scale, -.5, True)
        if self.channels == 3:
            return self.convolved(x)
        # To YCbCr and back, as MATLAB has it.
        to = torch.tensor([[65.481, 128.553, 24.966], [-37.797, -74.203, 112.], [112., -93.786, -18.214]]) / 255
        shift = torch.tensor([16., 128., 128.]).view(1, 3, 1, 1) / 255
        luma, chroma = torch.split(torch.einsum("ij,njhw->nihw", to, x) + shift, [1, 2], 1)
        whole = torch.cat([self.convolved(luma), chroma], 1) - shift
        return torch.einsum("ij,njhw->nihw", torch.linalg.inv(to.double()).float(), whole)


class SrResNet(nn.Module):
    def __init__(self, width, blocks, scale, normalised):
        super().__init__()

        def conv(at_most):
            layers = [nn.Conv2d(width, width, 3, 1, 1, bias=not normalised)]
            return layers + ([nn.BatchNorm2d(width)] if normalised else [nn.Identity()])[:at_most]

        class Block(nn.Module):
            def __init__(self):
                super().__init__()
                self.rcb = nn.Sequential(*conv(1), nn.PReLU(), *conv(1))

            def forward(self, x):
                return x + self.rcb(x)

        class Up(nn.Module):
            def __init__(self):
                super().__init__()
                self.upsample_block = nn.Sequential(
                    nn.Conv2d(width, 4 * width, 3, 1, 1), nn.PixelShuffle(2), nn.PReLU())

            def forward(self, x):
                return self.upsample_block(x)

        self.conv1 = nn.Sequential(nn.Conv2d(3, width, 9, 1, 4), nn.PReLU())
        self.trunk = nn.Sequential(*[Block() for _ in range(blocks)])
        self.conv2 = nn.Sequential(*conv(1))
        self.upsampling = nn.Sequential(*[Up() for _ in range(scale.bit_length() - 1)])
        self.conv3 = nn.Conv2d(width, 3, 9, 1, 4)

    def forward(self, x):
        first = self.conv1(x)
        return self.conv3(self.upsampling(first + self.conv2(self.trunk(first))))


class Residual(nn.Module):
    def __init__(self, width, scale=1.):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(width, width, 3, 1, 1), nn.Conv2d(width, width, 3, 1, 1)
        self.scale = scale

    def forward(self, x):
        return x + self.conv2(F.relu(self.conv1(x))) * self.scale


class ResidualNet(nn.Module):
    """ESRGAN's generator with residual blocks; normalised as SRGAN's is, behind every convolution of the trunk."""

    def __init__(self, width, blocks, scale, normalised, residual):
        super().__init__()

        class Block(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv1 = nn.Conv2d(width, width, 3, 1, 1, bias=not normalised)
                self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=not normalised)
                if normalised:
                    self.bn1, self.bn2 = nn.BatchNorm2d(width), nn.BatchNorm2d(width)

            def forward(self, x):
                y = self.conv1(x)
                y = F.relu(self.bn1(y) if normalised else y)
                y = self.conv2(y)
                return x + residual * (self.bn2(y) if normalised else y)

        self.conv_first = nn.Conv2d(3, width, 3, 1, 1)
        self.body = nn.Sequential(*[Block() for _ in range(blocks)])
        self.conv_body = nn.Conv2d(width, width, 3, 1, 1, bias=not normalised)
        self.bn_body = nn.BatchNorm2d(width) if normalised else nn.Identity()
        for up in range(1, scale.bit_length()):
            setattr(self, f"conv_up{up}", nn.Conv2d(width, width, 3, 1, 1))
        self.conv_hr, self.conv_last = nn.Conv2d(width, width, 3, 1, 1), nn.Conv2d(width, 3, 3, 1, 1)
        self.doublings = scale.bit_length() - 1

    def forward(self, x):
        y = self.conv_first(x)
        y = y + self.bn_body(self.conv_body(self.body(y)))
        for up in range(1, self.doublings + 1):
            y = F.leaky_relu(getattr(self, f"conv_up{up}")(F.interpolate(y, scale_factor=2, mode="nearest")), .2)
        return self.conv_last(F.leaky_relu(self.conv_hr(y), .2))


class MsrResNet(nn.Module):
    def __init__(self, width, blocks, scale, first, repeats=False):
        super().__init__()
        self.first, self.scale, self.repeats = first, scale, repeats
        self.conv_first = nn.Conv2d(3, width, 3, 1, 1)
        self.body = nn.Sequential(*[Residual(width) for _ in range(blocks)])
        if first:
            self.conv_body = nn.Conv2d(width, width, 3, 1, 1)
        self.factor = 3 if scale == 3 else 2
        folded = 1 if repeats else self.factor ** 2
        self.upconv1 = nn.Conv2d(width, width * folded, 3, 1, 1)
        if scale == 4:
            self.upconv2 = nn.Conv2d(width, width * folded, 3, 1, 1)
        self.conv_hr, self.conv_last = nn.Conv2d(width, width, 3, 1, 1), nn.Conv2d(width, 3, 3, 1, 1)

    def forward(self, x):
        act = F.relu if self.first else lambda y: F.leaky_relu(y, .1)
        y = self.conv_first(x)
        y = y + self.conv_body(self.body(y)) if self.first else self.body(act(y))
        for up in (self.upconv1, self.upconv2) if self.scale == 4 else (self.upconv1,):
            if self.repeats:
                y = act(up(F.interpolate(y, scale_factor=self.factor)))
            else:
                y = act(F.pixel_shuffle(up(y), self.factor))
        y = self.conv_last(act(self.conv_hr(y)))
        return y if self.first else y + F.interpolate(
            x, scale_factor=self.scale, mode="bilinear", align_corners=False)


def shuffles(width, scale):
    factors = [3] if scale == 3 else [2] * (scale.bit_length() - 1)
    return nn.Sequential(*[layer for f in factors for layer in (
        nn.Conv2d(width, width * f * f, 3, 1, 1), nn.PixelShuffle(f))])


class ShiftedMean(nn.Module):
    def forward(self, x):
        mean = torch.tensor([.4488, .4371, .4040]).view(1, 3, 1, 1)
        first = self.conv_first((x - mean) * 255)
        return self.conv_last(self.upsample(first + self.conv_after_body(self.body(first)))) / 255 + mean


class Edsr(ShiftedMean):
    def __init__(self, width, blocks, scale, residual):
        super().__init__()
        self.conv_first = nn.Conv2d(3, width, 3, 1, 1)
        self.body = nn.Sequential(*[Residual(width, residual) for _ in range(blocks)])
        self.conv_after_body = nn.Conv2d(width, width, 3, 1, 1)
        self.upsample = shuffles(width, scale)
        self.conv_last = nn.Conv2d(width, 3, 3, 1, 1)


class Attention(nn.Module):
    def __init__(self, width, reduction):
        super().__init__()
        self.attention = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(width, width // reduction, 1), nn.ReLU(),
            nn.Conv2d(width // reduction, width, 1), nn.Sigmoid())

    def forward(self, x):
        return x * self.attention(x)


class Rcab(nn.Module):
    def __init__(self, width, reduction):
        super().__init__()
        self.rcab = nn.Sequential(
            nn.Conv2d(width, width, 3, 1, 1), nn.ReLU(), nn.Conv2d(width, width, 3, 1, 1), Attention(width, reduction))

    def forward(self, x):
        return x + self.rcab(x)


class Group(nn.Module):
    def __init__(self, width, blocks, reduction):
        super().__init__()
        self.residual_group = nn.Sequential(*[Rcab(width, reduction) for _ in range(blocks)])
        self.conv = nn.Conv2d(width, width, 3, 1, 1)

    def forward(self, x):
        return x + self.conv(self.residual_group(x))


class Rcan(ShiftedMean):
    def __init__(self, width, groups, blocks, reduction, scale):
        super().__init__()
        self.conv_first = nn.Conv2d(3, width, 3, 1, 1)
        self.body = nn.Sequential(*[Group(width, blocks, reduction) for _ in range(groups)])
        self.conv_after_body = nn.Conv2d(width, width, 3, 1, 1)
        self.upsample = shuffles(width, scale)
        self.conv_last = nn.Conv2d(width, 3, 3, 1, 1)


class EnhanceNet(nn.Module):
    def __init__(self, width, blocks):
        super().__init__()
        self.conv_first = nn.Conv2d(3, width, 3, 1, 1)
        self.body = nn.Sequential(*[Residual(width) for _ in range(blocks)])
        self.conv_up1, self.conv_up2, self.conv_hr = (nn.Conv2d(width, width, 3, 1, 1) for _ in range(3))
        self.conv_last = nn.Conv2d(width, 3, 3, 1, 1)

    def forward(self, x):
        mean = torch.tensor([.47614917, .45001204, .40904046]).view(1, 3, 1, 1)
        low = x - mean
        y = self.body(F.relu(self.conv_first(low)))
        y = F.relu(self.conv_up1(F.interpolate(y, scale_factor=2, mode="nearest")))
        y = F.relu(self.conv_up2(F.interpolate(y, scale_factor=2, mode="nearest")))
        y = self.conv_last(F.relu(self.conv_hr(y)))
        return y + bicubic(low, 4, -.75, False) + mean


class Compact(nn.Module):
    def __init__(self, width, convolutions, scale):
        super().__init__()
        self.scale = scale
        layers = [nn.Conv2d(3, width, 3, 1, 1), nn.PReLU(width)]
        for _ in range(convolutions):
            layers += [nn.Conv2d(width, width, 3, 1, 1), nn.PReLU(width)]
        self.body = nn.Sequential(*layers, nn.Conv2d(width, 3 * scale * scale, 3, 1, 1))

    def forward(self, x):
        return F.pixel_shuffle(self.body(x), self.scale) + F.interpolate(x, scale_factor=self.scale, mode="nearest")


def answered(network, scale):
    for name, parameter in network.named_parameters():
        with torch.no_grad():
            if parameter.dim() == 1:  # biases, slopes and what normalised channels are multiplied with: not all alike
                parameter.add_(torch.rand_like(parameter) * .2 - .1)
            parameter.copy_(parameter.half().float())
    for name, buffer in network.named_buffers():
        if not name.endswith("num_batches_tracked"):
            buffer.add_(torch.rand_like(buffer) * .2)
            buffer.copy_(buffer.half().float())
    low = torch.rand(2, 3, 4, 5)
    high = torch.rand(2, 3, 4 * scale, 5 * scale)
    tensors = {f"weights.{name}": tensor.clone() for name, tensor in network.state_dict().items()
               if not name.endswith("num_batches_tracked")}
    tensors["low"], tensors["high"] = low, high
    with torch.no_grad():
        inference = network.eval()(low)
    network.train()
    forward = network(low)
    loss = F.mse_loss(forward, high)
    loss.backward()
    tensors["forward"], tensors["loss"] = forward, loss.view(1)
    if not torch.equal(inference, forward):
        tensors["eval"] = inference
    for name, parameter in network.named_parameters():
        if parameter.numel() < LARGE:
            tensors[f"gradient.{name}"] = parameter.grad
    for name, buffer in network.named_buffers():
        if not name.endswith("num_batches_tracked"):
            tensors[f"after.{name}"] = buffer
    return tensors


def main(out):
    torch.manual_seed(7)
    networks = {
        "srcnn-luma": (Srcnn(1, 1, 3), 3),
        "srcnn-rgb": (Srcnn(3, 1, 2), 2),
        "srresnet": (SrResNet(4, 1, 2, True), 2),
        "srresnet-plain": (SrResNet(4, 2, 2, False), 2),
        "msrresnet-x4": (MsrResNet(6, 2, 4, False), 4),
        "msrresnet-x3": (MsrResNet(6, 1, 3, False), 3),
        "msrresnet-trunk": (MsrResNet(6, 2, 2, True), 2),
        "edsr-x4": (Edsr(6, 2, 4, .1), 4),
        "edsr-x3": (Edsr(6, 1, 3, 1.), 3),
        "rcan": (Rcan(6, 2, 1, 3, 2), 2),
        "enhancenet": (EnhanceNet(6, 2), 4),
        "compact-x4": (Compact(6, 2, 4), 4),
        "compact-x2": (Compact(6, 1, 2), 2),
    }
    for name, (network, scale) in networks.items():
        write_safetensors(out / f"{name}.safetensors", answered(network, scale))
    later = {  # drawn last, so that the others stay as they were
        "msrresnet-upconv": (MsrResNet(6, 2, 4, True, repeats=True), 4),
        "msrresnet-upconv-x3": (MsrResNet(6, 1, 3, True, repeats=True), 3),
    }
    for name, (network, scale) in later.items():
        write_safetensors(out / f"{name}.safetensors", answered(network, scale))
    torch.manual_seed(7)  # again, so that files that were there before these stay as they are
    for name, network, scale in [
        ("residual-normalised", ResidualNet(4, 2, 4, True, 1.), 4),
        ("residual-scaled", ResidualNet(6, 2, 2, False, .2), 2),
    ]:
        write_safetensors(out / f"{name}.safetensors", answered(network, scale))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
