"""Writes tiny networks under the names that other programs give their weights, and what they
compute, as an independent transcription in PyTorch. Run: python3 make_layouts.py"""

import pathlib

import torch
from torch import nn
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
NF = 4
MEAN = torch.tensor([0.4488, 0.4371, 0.4040]).view(1, 3, 1, 1)
torch.manual_seed(11)


def conv(i, o, k=3, bias=True):
    return nn.Conv2d(i, o, k, padding=k // 2, bias=bias)


class EdsrBlock(nn.Module):
    def __init__(self, names):
        super().__init__()
        self.names = names
        if names == "authors":
            self.body = nn.Sequential(conv(NF, NF), nn.ReLU(), conv(NF, NF))
        else:
            self.conv1, self.conv2 = conv(NF, NF), conv(NF, NF)

    def forward(self, x):
        if self.names == "authors":
            return x + self.body(x)
        return x + self.conv2(F.relu(self.conv1(x)))


def shuffles(scale):
    if scale == 3:
        return nn.Sequential(conv(NF, 9 * NF), nn.PixelShuffle(3))
    parts = []
    while scale > 1:
        parts += [conv(NF, 4 * NF), nn.PixelShuffle(2)]
        scale //= 2
    return nn.Sequential(*parts)


class Shift(nn.Conv2d):
    def __init__(self, sign):
        super().__init__(3, 3, 1)
        self.weight.data = torch.eye(3).view(3, 3, 1, 1)
        self.bias.data = sign * 255 * MEAN.flatten()


class EdsrAuthors(nn.Module):
    def __init__(self, scale):
        super().__init__()
        self.sub_mean, self.add_mean = Shift(-1), Shift(1)
        self.head = nn.Sequential(conv(3, NF))
        self.body = nn.Sequential(EdsrBlock("authors"), EdsrBlock("authors"), conv(NF, NF))
        self.tail = nn.Sequential(shuffles(scale), conv(NF, 3))

    def forward(self, x):
        x = self.head(self.sub_mean(255 * x))
        return self.add_mean(self.tail(x + self.body(x))) / 255


class EdsrBasic(nn.Module):
    def __init__(self, scale):
        super().__init__()
        self.conv_first = conv(3, NF)
        self.body = nn.Sequential(EdsrBlock("basic"), EdsrBlock("basic"))
        self.conv_after_body = conv(NF, NF)
        self.upsample = shuffles(scale)
        self.conv_last = conv(NF, 3)

    def forward(self, x):
        x = self.conv_first((x - MEAN) * 255)
        x = self.conv_last(self.upsample(x + self.conv_after_body(self.body(x))))
        return x / 255 + MEAN


class Attention(nn.Module):
    def __init__(self, names):
        super().__init__()
        pool = nn.AdaptiveAvgPool2d(1)
        layers = [nn.Conv2d(NF, 2, 1), nn.ReLU(), nn.Conv2d(2, NF, 1), nn.Sigmoid()]
        if names == "authors":
            self.avg_pool = pool
            self.conv_du = nn.Sequential(*layers)
        else:
            self.attention = nn.Sequential(pool, *layers)

    def forward(self, x):
        if hasattr(self, "conv_du"):
            return x * self.conv_du(self.avg_pool(x))
        return x * self.attention(x)


class Rcab(nn.Module):
    def __init__(self, names):
        super().__init__()
        layers = nn.Sequential(conv(NF, NF), nn.ReLU(), conv(NF, NF), Attention(names))
        self.name = "body" if names == "authors" else "rcab"
        setattr(self, self.name, layers)

    def forward(self, x):
        return x + getattr(self, self.name)(x)


class Group(nn.Module):
    def __init__(self, names):
        super().__init__()
        if names == "authors":
            self.body = nn.Sequential(Rcab(names), Rcab(names), Rcab(names), conv(NF, NF))
        else:
            self.residual_group = nn.Sequential(Rcab(names), Rcab(names), Rcab(names))
            self.conv = conv(NF, NF)

    def forward(self, x):
        if hasattr(self, "conv"):
            return x + self.conv(self.residual_group(x))
        return x + self.body(x)


class RcanAuthors(nn.Module):
    def __init__(self):
        super().__init__()
        self.sub_mean, self.add_mean = Shift(-1), Shift(1)
        self.head = nn.Sequential(conv(3, NF))
        self.body = nn.Sequential(Group("authors"), Group("authors"), conv(NF, NF))
        self.tail = nn.Sequential(shuffles(4), conv(NF, 3))

    forward = EdsrAuthors.forward


class RcanBasic(EdsrBasic):
    def __init__(self):
        super().__init__(2)
        self.body = nn.Sequential(Group("basic"), Group("basic"))


class TwoConvolutions(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = conv(NF, NF), conv(NF, NF)

    def forward(self, x):
        return x + self.conv2(F.relu(self.conv1(x)))


class MsrResNet(nn.Module):
    def __init__(self, trunk, full, scale):
        super().__init__()
        self.trunk, self.full, self.scale = trunk, full, scale
        self.conv_first = conv(3, NF)
        setattr(self, trunk, nn.Sequential(TwoConvolutions(), TwoConvolutions()))
        self.upconv1 = conv(NF, (9 if scale == 3 else 4) * NF)
        if scale == 4:
            self.upconv2 = conv(NF, 4 * NF)
        setattr(self, full, conv(NF, NF))
        self.conv_last = conv(NF, 3)

    def forward(self, x):
        lrelu = lambda t: F.leaky_relu(t, 0.1)
        y = getattr(self, self.trunk)(lrelu(self.conv_first(x)))
        y = lrelu(F.pixel_shuffle(self.upconv1(y), 3 if self.scale == 3 else 2))
        if self.scale == 4:
            y = lrelu(F.pixel_shuffle(self.upconv2(y), 2))
        y = self.conv_last(lrelu(getattr(self, self.full)(y)))
        return y + F.interpolate(x, scale_factor=self.scale, mode="bilinear", align_corners=False)


class Res(nn.Module):
    def __init__(self):
        super().__init__()
        self.res = nn.Sequential(conv(NF, NF), nn.ReLU(), conv(NF, NF))

    def forward(self, x):
        return x + self.res(x)


class Shortcut(nn.Module):
    def __init__(self):
        super().__init__()
        self.sub = nn.Sequential(Res(), Res(), conv(NF, NF))

    def forward(self, x):
        return x + self.sub(x)


class MsrResNetRow(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = nn.Sequential(
            conv(3, NF), Shortcut(),
            conv(NF, 4 * NF), nn.PixelShuffle(2), nn.ReLU(),
            conv(NF, 4 * NF), nn.PixelShuffle(2), nn.ReLU(),
            conv(NF, NF), nn.ReLU(), conv(NF, 3))

    def forward(self, x):
        return self.model(x)


def up(mode, factor):
    if mode == "upconv":
        return [nn.Upsample(scale_factor=factor), conv(NF, NF), nn.ReLU()]
    return [conv(NF, factor ** 2 * NF), nn.PixelShuffle(factor), nn.ReLU()]


class MsrResNetUp(MsrResNetRow):
    """The same with other ways up; KAIR's last convolution has no bias."""

    def __init__(self, ups, bias=True):
        super().__init__()
        self.model = nn.Sequential(
            conv(3, NF), Shortcut(), *ups, conv(NF, NF), nn.ReLU(), conv(NF, 3, bias=bias))


class Rcb(nn.Module):
    def __init__(self):
        super().__init__()
        self.rcb = nn.Sequential(
            conv(NF, NF, bias=False), nn.BatchNorm2d(NF), nn.PReLU(),
            conv(NF, NF, bias=False), nn.BatchNorm2d(NF))

    def forward(self, x):
        return x + self.rcb(x)


class UpsampleBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.upsample_block = nn.Sequential(conv(NF, 4 * NF), nn.PixelShuffle(2), nn.PReLU())

    def forward(self, x):
        return self.upsample_block(x)


class SrResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Sequential(conv(3, NF, 9), nn.PReLU())
        self.trunk = nn.Sequential(Rcb(), Rcb())
        self.conv2 = nn.Sequential(conv(NF, NF, bias=False), nn.BatchNorm2d(NF))
        self.upsampling = nn.Sequential(UpsampleBlock(), UpsampleBlock())
        self.conv3 = conv(NF, 3, 9)

    def forward(self, x):
        x = self.conv1(x)
        return self.conv3(self.upsampling(x + self.conv2(self.trunk(x))))


class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.ModuleList(
            [conv(3, NF), nn.PReLU(NF), conv(NF, NF), nn.PReLU(NF), conv(NF, NF), nn.PReLU(NF),
             conv(NF, 48)])

    def forward(self, x):
        y = x
        for layer in self.body:
            y = layer(y)
        return F.pixel_shuffle(y, 4) + F.interpolate(x, scale_factor=4, mode="nearest")


class Srcnn(nn.Module):
    def __init__(self, channels, middle):
        super().__init__()
        self.conv1 = conv(channels, 64, 9)
        self.conv2 = conv(64, 32, middle)
        self.conv3 = conv(32, channels, 5)


class SrcnnParts(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(conv(1, 64, 9), nn.ReLU())
        self.map = nn.Sequential(conv(64, 32, 1), nn.ReLU())
        self.reconstruction = conv(32, 1, 5)


def unusual(network):
    """Weights that tell each layer from the next, and normalisation that has measured something."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.running_mean, 0, 0.1)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.1)
        if isinstance(module, nn.PReLU):
            nn.init.uniform_(module.weight, 0.05, 0.3)
    return network.eval()


picture = torch.rand(1, 3, 7, 6)
results = {"x": picture}
networks = {
    "edsr-authors-x4": EdsrAuthors(4),
    "edsr-basic-x3": EdsrBasic(3),
    "rcan-authors-x4": RcanAuthors(),
    "rcan-basic-x2": RcanBasic(),
    "msrresnet-basic-x4": MsrResNet("body", "conv_hr", 4),
    "msrresnet-middle-x3": MsrResNet("recon_trunk", "HRconv", 3),
    "msrresnet-row-x4": MsrResNetRow(),
    "srresnet-x4": SrResNet(),
    "compact-x4": Compact(),
}
for name, network in networks.items():
    state = unusual(network).state_dict()
    if name.startswith("srresnet"):  # as its checkpoints are: wrapped, the average beside
        state = {"epoch": 3, "state_dict": network.state_dict(),
                 "ema_state_dict": {"_orig_mod." + k: v for k, v in state.items()}}
    torch.save(state, HERE / f"{name}.pth")
    with torch.no_grad():
        results[name] = network(picture)
half = {k: v.half() for k, v in Srcnn(1, 5).state_dict().items()}
torch.save(half, HERE / "srcnn-955-x3.pth")
torch.save({"state_dict": {"generator." + k: v.half() for k, v in Srcnn(3, 1).state_dict().items()}},
           HERE / "srcnn-rgb.pth")
torch.save({k: v.half() for k, v in SrcnnParts().state_dict().items()}, HERE / "srcnn-parts-x2.pth")

more = {
    "msrresnet-upconv-x4": MsrResNetUp(up("upconv", 2) + up("upconv", 2)),
    "msrresnet-upconv-x3": MsrResNetUp(up("upconv", 3)),
    "msrresnet-row-x2": MsrResNetUp(up("pixelshuffle", 2)),
    "msrresnet-kair-x3": MsrResNetUp(up("pixelshuffle", 3), bias=False),
}
for name, network in more.items():
    torch.save(network.state_dict(), HERE / f"{name}.pth")
    with torch.no_grad():
        results[name] = network(picture)

torch.save(results, HERE / "results.pth")
