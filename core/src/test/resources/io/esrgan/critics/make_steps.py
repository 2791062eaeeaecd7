"""Writes steps.safetensors with PyTorch: one training step for each combination of losses that a compared system has, and
several of optimisers that have a rate of their own for one layer.

    python3 make_steps.py OUT_DIR

Reads the narrow VGG19 and the U-Net discriminator that make_critics.py wrote beside it; seed 12. Losses are transcribed
from the papers: SRGAN (Ledig et al. 2017), EnhanceNet (Sajjadi et al. 2017). Adam's epsilon is so large that a step
follows the gradient's length, and so tells its numbers.
"""
import copy
import json
import struct
import sys
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import spectral_norm

from make_critics import BCE, UnetDiscriminator, Vgg19, part, write_safetensors

RATE, EPSILON = 0.01, 1e-2
SLOW = "conv_last"  # the layer that learns at a tenth of the rate
SHOWN = ("conv_first.weight", "body.0.rdb2.conv3.weight", "conv_last.bias")


class DenseBlock(nn.Module):
    def __init__(self, nf, gc):
        super().__init__()
        self.conv1, self.conv2, self.conv3, self.conv4 = (nn.Conv2d(nf + i * gc, gc, 3, 1, 1) for i in range(4))
        self.conv5 = nn.Conv2d(nf + 4 * gc, nf, 3, 1, 1)

    def forward(self, x):
        maps = x
        for conv in (self.conv1, self.conv2, self.conv3, self.conv4):
            maps = torch.cat((maps, F.leaky_relu(conv(maps), 0.2)), 1)
        return x + 0.2 * self.conv5(maps)


class Block(nn.Module):
    def __init__(self, nf, gc):
        super().__init__()
        self.rdb1, self.rdb2, self.rdb3 = (DenseBlock(nf, gc) for _ in range(3))

    def forward(self, x):
        return x + 0.2 * self.rdb3(self.rdb2(self.rdb1(x)))


class Generator(nn.Module):
    def __init__(self, nf, gc):
        super().__init__()
        self.conv_first = nn.Conv2d(3, nf, 3, 1, 1)
        self.body = nn.Sequential(Block(nf, gc))
        self.conv_body, self.conv_up1, self.conv_up2, self.conv_hr = (nn.Conv2d(nf, nf, 3, 1, 1) for _ in range(4))
        self.conv_last = nn.Conv2d(nf, 3, 3, 1, 1)

    def forward(self, x):
        x = self.conv_first(x)
        x = x + self.conv_body(self.body(x))
        for up in (self.conv_up1, self.conv_up2):
            x = F.leaky_relu(up(F.interpolate(x, scale_factor=2)), 0.2)
        return self.conv_last(F.leaky_relu(self.conv_hr(x), 0.2))


def read_safetensors(path):
    raw = path.read_bytes()
    length, = struct.unpack("<Q", raw[:8])
    return {name: torch.frombuffer(bytearray(raw[8 + length:][slice(*entry["data_offsets"])]), dtype=torch.float32)
            .reshape(entry["shape"]) for name, entry in json.loads(raw[8:8 + length]).items() if name != "__metadata__"}


def grams(maps, side):
    """Gram matrices, undivided, of all whole patches: one list over pictures, rows and columns."""
    n, c, h, w = maps.shape
    side = min(side, h), min(side, w)
    columns = F.unfold(maps, side, stride=side)  # (n, c * side * side, patches)
    columns = columns.reshape(n, c, side[0] * side[1], -1)
    return torch.einsum("ncpk,ndpk->nkcd", columns, columns).flatten(0, 1)


def texture(made, wanted, side=16):
    return F.mse_loss(grams(made, side), grams(wanted, side))


def unit(maps, real):
    return maps / real.detach().abs().mean()


def steps(beside):
    torch.manual_seed(12)
    vgg = Vgg19().requires_grad_(False)
    vgg.load_state_dict({k[6:]: v for k, v in read_safetensors(beside / "features.safetensors").items() if k.startswith("vgg19.")})
    judge = UnetDiscriminator(2, spectral_norm)
    judge.load_state_dict(torch.load(beside / "unet.zip.pth")["params"])
    net = Generator(4, 2)
    low, high = torch.rand(1, 3, 8, 8), torch.rand(1, 3, 32, 32)
    high = (0.6 * F.interpolate(low, scale_factor=4) + 0.4 * high).mul(64).round() / 64
    answers = {**part("generator", net.state_dict()), "low": low, "high": high}
    relu, pool = {"relu1_1": 1, "relu2_1": 6, "relu3_1": 11, "relu5_4": 35}, {"pool2": 9, "pool5": 36}

    def srgan_features(fake, real):  # rescaled by 1 / 12.75
        made, wanted = (vgg(x)[relu["relu5_4"]] / 12.75 for x in (fake, real))
        return F.mse_loss(made, wanted)

    def enhancenet_features(fake, real):
        made, wanted = vgg(fake), vgg(real)
        return sum(weight * F.mse_loss(unit(made[i], wanted[i]), unit(wanted[i], wanted[i]))
                   for weight, i in ((0.2, pool["pool2"]), (0.02, pool["pool5"])))

    def enhancenet_texture(fake, real):
        made, wanted = vgg(fake), vgg(real)
        return sum(weight * texture(unit(made[i], wanted[i]), unit(wanted[i], wanted[i]))
                   for weight, i in ((3e-7, relu["relu1_1"]), (1e-6, relu["relu2_1"]), (1e-6, relu["relu3_1"])))

    def realesrgan_features(fake, real):  # five layers, before activation
        made, wanted = vgg(fake), vgg(real)
        return sum(weight * F.l1_loss(made[i], wanted[i]) for i, weight in {2: 0.1, 7: 0.1, 16: 1, 25: 1, 34: 1}.items())

    def step(system, pictures, adversarial=0, low=low, high=high):
        """One step of both networks; the discriminator sees the picture that the generator made before it changed."""
        learning, critic = copy.deepcopy(net), copy.deepcopy(judge)
        optimizers = [torch.optim.Adam(x.parameters(), RATE, (0.9, 0.999), EPSILON) for x in (learning, critic)]
        values = {}
        fake = learning(low)
        for name, (weight, loss) in pictures.items():
            values[name] = (weight, loss(fake, high))
        if adversarial:
            critic.requires_grad_(False)
            logits = critic(fake)
            values["adversarial"] = (adversarial, BCE(logits, torch.ones_like(logits)))
            critic.requires_grad_(True)
        sum(weight * value for weight, value in values.values()).backward()
        answers[f"{system}.norm"] = torch.stack([p.grad.pow(2).sum() for p in learning.parameters()]).sum().sqrt().reshape(1)
        if adversarial:
            real, false = critic(high), critic(fake.detach())
            loss = BCE(real, torch.ones_like(real)) + BCE(false, torch.zeros_like(false))
            loss.backward()
            values["discriminator"] = (1, loss)
            optimizers[1].step()
            answers[f"{system}.after.conv9.weight"] = critic.conv9.weight
        optimizers[0].step()
        answers.update((f"{system}.{name}", value.reshape(1)) for name, (_, value) in values.items())
        answers.update(part(f"{system}.after", {name: value for name, value in learning.state_dict().items() if name in SHOWN}))

    mse = (1, F.mse_loss)
    step("mse", {"mse": mse})
    step("texture", {"texture": (1, enhancenet_texture)})
    step("srgan", {"mse": mse, "perceptual": (1e5, srgan_features)}, 0.1)  # so that each term tells in so narrow networks
    step("enhancenet", {"perceptual": (1, enhancenet_features), "texture": (1, enhancenet_texture)}, 1)

    made, wanted = torch.randn(2, 3, 5, 6, requires_grad=True), torch.randn(2, 3, 5, 6)
    loss = texture(made, wanted, 2)
    gradient, = torch.autograd.grad(loss, made)
    answers.update({"patches.made": made, "patches.wanted": wanted, "patches": loss.reshape(1), "patches.gradient": gradient})

    wide, large = torch.rand(1, 3, 16, 16), torch.rand(1, 3, 64, 64)
    large = (0.6 * F.interpolate(wide, scale_factor=4) + 0.4 * large).mul(64).round() / 64
    answers.update({"wide.low": wide, "wide.high": large})
    losses = {"l1": (1, F.l1_loss), "perceptual": (1, realesrgan_features)}
    step("realesrgan", losses, 0.1, wide, large)

    def rates(system, optimizer):
        """Four steps with a slower layer, of the mean squared error."""
        learning = copy.deepcopy(net)
        slow = [p for name, p in learning.named_parameters() if name.startswith(SLOW)]
        others = [p for name, p in learning.named_parameters() if not name.startswith(SLOW)]
        optimizer = optimizer([{"params": others, "lr": RATE}, {"params": slow, "lr": 0.1 * RATE}])
        for _ in range(4):
            optimizer.zero_grad()
            F.mse_loss(learning(low), high).backward()
            optimizer.step()
        answers.update(part(f"{system}.after", {k: v for k, v in learning.state_dict().items() if k in SHOWN}))

    rates("momentum", lambda groups: torch.optim.SGD(groups, momentum=0.9))
    rates("plain", lambda groups: torch.optim.SGD(groups))
    rates("moments", lambda groups: torch.optim.Adam(groups, betas=(0.9, 0.999), eps=EPSILON))
    return answers


if __name__ == "__main__":
    write_safetensors(Path(sys.argv[1]) / "steps.safetensors", steps(Path(__file__).parent))
