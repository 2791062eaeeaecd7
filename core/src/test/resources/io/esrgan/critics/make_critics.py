"""Writes the files beside it with PyTorch: discriminators, feature networks and losses, and what PyTorch makes of them.

    python3 make_critics.py OUT_DIR

An independent transcription of the definitions, with PyTorch's own spectral_norm, BatchNorm2d and losses; seed 5.
"""
import copy
import json
import math
import struct
import sys
import zlib
from collections import OrderedDict
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import parametrizations, spectral_norm

BCE = F.binary_cross_entropy_with_logits


def write_safetensors(path, tensors):
    header, blob = {}, b""
    for name, tensor in tensors.items():
        raw = tensor.detach().float().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(blob), len(blob) + len(raw)]}
        blob += raw
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    path.write_bytes(struct.pack("<Q", len(head)) + head + blob)


# ---------------------------------------------------------------- discriminators

class VggDiscriminator(nn.Module):
    def __init__(self, width, stages, biased):
        super().__init__()
        self.stages, inputs, outputs = stages, 3, width
        for stage in range(stages):
            self.add_module(f"conv{stage}_0", nn.Conv2d(inputs, outputs, 3, 1, 1, bias=biased or stage == 0))
            if stage > 0:
                self.add_module(f"bn{stage}_0", nn.BatchNorm2d(outputs))
            self.add_module(f"conv{stage}_1", nn.Conv2d(outputs, outputs, 4, 2, 1, bias=biased))
            self.add_module(f"bn{stage}_1", nn.BatchNorm2d(outputs))
            inputs, outputs = outputs, min(2 * outputs, 8 * width)
        self.linear1, self.linear2 = nn.Linear(inputs * 16, 100), nn.Linear(100, 1)

    def forward(self, x):
        parts = dict(self.named_children())
        for stage in range(self.stages):
            for step in range(2):
                x = parts[f"conv{stage}_{step}"](x)
                x = F.leaky_relu(parts.get(f"bn{stage}_{step}", nn.Identity())(x), 0.2)
        return self.linear2(F.leaky_relu(self.linear1(x.flatten(1)), 0.2))


def old_names(state):
    """The first release's: all layers in a row, so that convolution k is 3k - 1 and its normalisation 3k."""
    fixed = {"conv0_0": "features.0", "linear1": "classifier.0", "linear2": "classifier.2"}
    out = OrderedDict()
    for name, value in state.items():
        part, rest = name.split(".", 1)
        if part not in fixed:
            k = 2 * int(part[-3]) + int(part[-1])
            part = f"features.{3 * k - (1 if part.startswith('conv') else 0)}"
        out[f"{fixed.get(part, part)}.{rest}"] = value
    return out


class UnetDiscriminator(nn.Module):
    def __init__(self, width, norm):
        super().__init__()
        self.conv0 = nn.Conv2d(3, width, 3, 1, 1)
        for i, (inputs, outputs) in enumerate([(1, 2), (2, 4), (4, 8)], 1):
            self.add_module(f"conv{i}", norm(nn.Conv2d(inputs * width, outputs * width, 4, 2, 1, bias=False)))
        for i, (inputs, outputs) in enumerate([(8, 4), (4, 2), (2, 1), (1, 1), (1, 1)], 4):
            self.add_module(f"conv{i}", norm(nn.Conv2d(inputs * width, outputs * width, 3, 1, 1, bias=False)))
        self.conv9 = nn.Conv2d(width, 1, 3, 1, 1)

    def forward(self, x):
        conv = dict(self.named_children())
        down = [F.leaky_relu(self.conv0(x), 0.2)]
        for i in (1, 2, 3):
            down.append(F.leaky_relu(conv[f"conv{i}"](down[-1]), 0.2))
        x = down.pop()
        for i in (4, 5, 6):
            x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
            x = F.leaky_relu(conv[f"conv{i}"](x), 0.2) + down.pop()
        x = F.leaky_relu(self.conv7(x), 0.2)
        return self.conv9(F.leaky_relu(self.conv8(x), 0.2))


def gradients(net):
    return {f"gradient.{name}": p.grad for name, p in net.named_parameters()}


def part(prefix, tensors):
    return {f"{prefix}.{name}": value for name, value in tensors.items()}


def randomise(net):
    """Weights that let something through, and running statistics that are not their defaults."""
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
            nn.init.normal_(module.running_mean, 0, 0.3)
            nn.init.uniform_(module.running_var, 0.5, 2)
        elif isinstance(module, (nn.Conv2d, nn.Linear)):
            for p in module.parameters():
                nn.init.normal_(p, 0, 1.4 / math.sqrt(p[0].numel())) if p.dim() > 1 else nn.init.normal_(p, 0, 0.1)
    return net


def judged(net, real, fake, enlarged):
    """The logits before learning, after which a standard GAN's gradient of both batches, each forwarded once."""
    tensors = {"eval": copy.deepcopy(net).eval()(F.interpolate(real, scale_factor=enlarged))}
    net.train()
    a, b = (net(F.interpolate(x, scale_factor=enlarged)) for x in (real, fake))
    (BCE(a, torch.ones_like(a)) + BCE(b, torch.zeros_like(b))).backward()
    tensors.update(real=a, fake=b, **gradients(net))
    tensors.update((f"after.{name}", value.clone()) for name, value in net.named_buffers() if "tracked" not in name)
    net.requires_grad_(False)
    x = fake.clone().requires_grad_()
    BCE(net(F.interpolate(x, scale_factor=enlarged)), torch.ones_like(a)).backward()
    return {**tensors, "gradient.input": x.grad}


def discriminators(out):
    answers = {}
    for name, side, biased, old, zipped in [("vgg-128-new", 128, False, False, True), ("vgg-128-old", 128, True, True, False),
                                            ("vgg-256-new", 256, False, False, False), ("vgg-256-old", 256, True, True, True)]:
        net = randomise(VggDiscriminator(1, 5 if side == 128 else 6, biased))
        state = old_names(net.state_dict()) if old else {"params": net.state_dict()}
        torch.save(state, out / f"{name}.{'zip' if zipped else 'legacy'}.pth", _use_new_zipfile_serialization=zipped)
        # Each pixel of these stands for a square of them, or the file would be large.
        small = torch.rand(2, 2, 3, side // 8, side // 8)
        answers.update(part(name, {"input": small, **judged(net, *small, 8)}))

    net = randomise(UnetDiscriminator(2, spectral_norm))
    torch.save({"params": net.state_dict()}, out / "unet.zip.pth")
    torch.save({"net_d": OrderedDict((k, v) for k, v in net.state_dict().items() if not k.endswith(("_u", "_v")))},
               out / "unet-no-vectors.legacy.pth", _use_new_zipfile_serialization=False)
    both = torch.rand(2, 2, 3, 16, 24)
    answers.update(part("unet", {"input": both, **judged(net, *both, 1)}))
    net = UnetDiscriminator(2, parametrizations.spectral_norm)
    for name, p in net.named_parameters():
        nn.init.normal_(p, 0, 0.3)
    torch.save(OrderedDict(("module." + k, v) for k, v in net.state_dict().items()), out / "unet-parametrized.legacy.pth",
               _use_new_zipfile_serialization=False)
    answers.update(part("unet-parametrized", {"eval": net.eval()(both[0])}))
    write_safetensors(out / "discriminators.safetensors", answers)


# ---------------------------------------------------------------- layers

def layers(out):
    conv = spectral_norm(nn.Conv2d(3, 6, 4, 2, 1, bias=False))
    answers = part("spectral", {k: v.clone() for k, v in conv.state_dict().items()})
    x = torch.randn(2, 2, 3, 8, 10)
    pull = torch.randn(2, 2, 6, 4, 5)
    made = [conv(x[0]), conv(x[1])]
    (made[0] * pull[0] + made[1] * pull[1]).sum().backward()
    answers.update(part("spectral", {"input": x, "pull": pull, "train": torch.stack(made), "after_u": conv.weight_u.clone(),
                                     "after_v": conv.weight_v.clone(), "gradient": conv.weight_orig.grad,
                                     "eval": conv.eval()(x[0])}))

    norm = randomise(nn.Sequential(nn.BatchNorm2d(4)))[0]
    answers.update(part("norm", {k: v.clone() for k, v in norm.state_dict().items() if "tracked" not in k}))
    x, pull = torch.randn(3, 4, 5, 2, requires_grad=True), torch.randn(3, 4, 5, 2)
    answers.update(part("norm", {"input": x, "pull": pull, "eval": copy.deepcopy(norm).eval()(x)}))
    made = norm.train()(x)
    (made * pull).sum().backward()
    answers.update(part("norm", {"train": made, "after_mean": norm.running_mean, "after_var": norm.running_var,
                                 "gradient.weight": norm.weight.grad, "gradient.bias": norm.bias.grad,
                                 "gradient.input": x.grad}))
    write_safetensors(out / "layers.safetensors", answers)


# ---------------------------------------------------------------- losses

def losses(out):
    answers = {}

    def add(name, loss, *tensors):
        found = torch.autograd.grad(loss, tensors, allow_unused=True)
        answers[name] = loss.reshape(1)
        answers.update((f"{name}.{i}", g) for i, g in enumerate(found) if g is not None)

    real, fake = torch.randn(8, 1) * 3, torch.randn(8, 1) * 3
    real[0], real[1], fake[0], fake[1] = 40, -40, 40, -40  # where a careless logarithm overflows
    real.requires_grad_(), fake.requires_grad_()
    one, zero = torch.ones_like(real), torch.zeros_like(real)
    answers.update(real=real, fake=fake)
    add("standard.generator", BCE(fake, one), fake)
    add("standard.discriminator", BCE(real, one) + BCE(fake, zero), real, fake)
    add("squares.generator", F.mse_loss(fake, one), fake)
    add("squares.discriminator", F.mse_loss(real, one) + F.mse_loss(fake, zero), real, fake)
    add("relativistic.generator", (BCE(real.detach() - fake.mean(), zero) + BCE(fake - real.detach().mean(), one)) / 2, fake)
    add("relativistic.paper", (BCE(real - fake.mean(), one) + BCE(fake - real.mean(), zero)) / 2, real, fake)
    add("relativistic.basicsr", (BCE(real - fake.detach().mean(), one) + BCE(fake - real.detach().mean(), zero)) / 2, real, fake)

    made, wanted = torch.rand(2, 3, 4, 5, requires_grad=True), torch.rand(2, 3, 4, 5)
    answers.update(made=made, wanted=wanted)
    add("pixel.L1", F.l1_loss(made, wanted), made)
    add("pixel.MSE", F.mse_loss(made, wanted), made)
    add("pixel.CHARBONNIER", torch.sqrt((made - wanted) ** 2 + 1e-12).mean(), made)
    write_safetensors(out / "losses.safetensors", answers)


# ---------------------------------------------------------------- feature networks

class Vgg19(nn.Module):
    """Every convolution of another width, so that nothing but the file tells them."""

    def __init__(self):
        super().__init__()
        layers, inputs, outputs = [], 3, 4
        for count in (2, 2, 4, 4, 4):
            for _ in range(count):
                layers += [nn.Conv2d(inputs, outputs, 3, 1, 1), nn.ReLU()]
                inputs, outputs = outputs, 4 + (outputs - 1) % 7
            layers.append(nn.MaxPool2d(2, 2))
        self.features = nn.Sequential(*layers)

    def forward(self, x):
        x = (x - torch.tensor([.485, .456, .406]).view(3, 1, 1)) / torch.tensor([.229, .224, .225]).view(3, 1, 1)
        found = []
        for layer in self.features:
            x = layer(x)
            found.append(x)
        return found


def by_name(name, *shape):
    """Numbers that follow from a weight's name, so that none need be kept: uniform, of a variance that lasts."""
    seed = zlib.crc32(name.encode()) % 1009
    spread = math.sqrt(6 / (math.prod(shape[1:]) if len(shape) > 1 else 100))
    return torch.tensor([((i * 911 + seed * 31) * (i + seed) % 1009 - 504) / 504 * spread
                         for i in range(math.prod(shape))]).reshape(shape)


def squeeze_net(x):
    def conv(name, x, outputs, kernel, stride=1, padding=0):
        weight = by_name(f"features.{name}.weight", outputs, x.shape[1], kernel, kernel)
        return F.conv2d(x, weight, by_name(f"features.{name}.bias", outputs), stride, padding)

    x, found = F.relu(conv("0", x, 64, 3, 2)), {}
    plan = [(3, 16, 64), (4, 16, 64), (6, 32, 128), (7, 32, 128), (9, 48, 192), (10, 48, 192), (11, 64, 256), (12, 64, 256)]
    for module, (place, squeezed, expanded) in enumerate(plan, 2):
        if module in (2, 4, 6):
            x = F.max_pool2d(x, 3, 2)
        y = F.relu(conv(f"{place}.squeeze1x1", x, squeezed, 1))
        y = torch.cat([conv(f"{place}.expand1x1", y, expanded, 1), conv(f"{place}.expand3x3", y, expanded, 3, 1, 1)], 1)
        x = F.relu(y)
        found.update({f"expand{module}": y, f"relu{module}": x})
    return found


def features(out):
    net = randomise(Vgg19()).requires_grad_(False)
    answers = part("vgg19", net.state_dict())
    x, other = torch.rand(1, 3, 37, 41, requires_grad=True), torch.rand(1, 3, 37, 41)
    found, wanted = net(x), net(other)
    answers.update(input=x, wanted=other, **{f"tap.{i}": found[i] for i in (0, 2, 3, 4, 25, 34, 35, 36)})
    for name, criterion in (("L1", F.l1_loss), ("MSE", F.mse_loss)):
        loss = sum(w * criterion(found[i], wanted[i]) for i, w in ((2, .1), (7, .1), (16, 1), (25, 1), (34, 2)))
        gradient, = torch.autograd.grad(loss, x, retain_graph=True)
        answers.update({f"perceptual.{name}": loss.reshape(1), f"perceptual.{name}.gradient": gradient})
    x = torch.rand(1, 3, 63, 47)
    found = squeeze_net(x)
    answers["squeeze.input"] = x
    answers.update((f"squeeze.{tap}", found[tap]) for tap in ("expand3", "relu3", "expand5", "relu6", "expand9", "relu9"))
    write_safetensors(out / "features.safetensors", answers)


if __name__ == "__main__":
    torch.manual_seed(5)
    folder = Path(sys.argv[1])
    discriminators(folder)
    layers(folder)
    losses(folder)
    features(folder)
