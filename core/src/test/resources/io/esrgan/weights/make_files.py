"""Writes the .pth files beside it with PyTorch, for the tests of the weight readers.

    python3 make_files.py OUT_DIR

Every number follows from the name of its weight, so that a test needs no second file to compare with: number i of
a weight is i + (CRC-32 of its name) mod 1000, taken modulo 64 where the type is narrow. For the generators the name
is that of the new layout, whatever the file calls it.
"""
import collections
import sys
import zlib
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch


def numbers(name, *shape, modulo=None):
    count = int(np.prod(shape)) if shape else 1
    values = torch.arange(count, dtype=torch.float64) + zlib.crc32(name.encode()) % 1000
    return (values % modulo if modulo else values).float().reshape(shape)


def generator(channels=3, unshuffle=1, ups=2, nf=4, gc=2, nb=1, plus=False):
    """All weights of a small RRDB generator under the names of the new layout."""
    state = OrderedDict()

    def conv(name, inputs, outputs):
        state[name + ".weight"] = numbers(name + ".weight", outputs, inputs, 3, 3)
        state[name + ".bias"] = numbers(name + ".bias", outputs)

    conv("conv_first", channels * unshuffle ** 2, nf)
    for n in range(nb):
        for k in (1, 2, 3):
            rdb = f"body.{n}.rdb{k}."
            if plus:
                state[rdb + "conv1x1.weight"] = numbers(rdb + "conv1x1.weight", gc, nf, 1, 1)
            for j in range(1, 6):
                conv(rdb + f"conv{j}", nf + (j - 1) * gc, gc if j < 5 else nf)
    conv("conv_body", nf, nf)
    for i in range(ups):
        conv(f"conv_up{i + 1}", nf, nf)
    conv("conv_hr", nf, nf)
    conv("conv_last", nf, channels)
    return state


def old(state, nb=1, ups=2):
    fixed = {"conv_first": "model.0", "conv_body": f"model.1.sub.{nb}", "conv_hr": f"model.{3 * ups + 2}",
             "conv_last": f"model.{3 * ups + 4}", **{f"conv_up{i}": f"model.{3 * i}" for i in range(1, ups + 1)}}
    out = OrderedDict()
    for name, value in state.items():
        part = name.split(".")
        if part[0] != "body":
            out[f"{fixed[part[0]]}.{part[1]}"] = value
        else:
            middle = part[3] if part[3] == "conv1x1" else part[3] + ".0"
            out[f"model.1.sub.{part[1]}.{part[2].upper()}.{middle}.{part[4]}"] = value
    return out


def middle(state):
    fixed = {"conv_body": "trunk_conv", "conv_hr": "HRconv"}
    out = OrderedDict()
    for name, value in state.items():
        part = name.split(".")
        if part[0] == "body":
            out[".".join(["RRDB_trunk", part[1], part[2].upper(), *part[3:]])] = value
        else:
            out[fixed.get(part[0], part[0]).replace("conv_up", "upconv") + "." + part[1]] = value
    return out


def prefixed(prefix, state):
    return OrderedDict((prefix + name, value) for name, value in state.items())


def views():
    base = numbers("base", 6, 8)
    shared = numbers("shared", 24)
    image = numbers("image", 2, 3, 4, 5)
    state = OrderedDict()
    state["plain"] = base
    state["transposed"] = base.t()
    state["every-second"] = base[::2, 1::3]
    state["expanded"] = numbers("expanded", 1, 5).expand(4, 5)
    state["shared.head"] = shared[:12].view(3, 4)
    state["shared.tail"] = shared[12:]
    state["shared.again"] = shared
    state["channels-last"] = image.to(memory_format=torch.channels_last)
    state["scalar"] = numbers("scalar")
    state["empty"] = torch.empty(0, 3)
    state["parameter"] = torch.nn.Parameter(numbers("parameter", 2, 2))
    for name, dtype in [("f64", torch.float64), ("f16", torch.float16), ("bf16", torch.bfloat16), ("i64", torch.int64),
                        ("i32", torch.int32), ("i16", torch.int16), ("i8", torch.int8), ("u8", torch.uint8)]:
        state[name] = numbers(name, 3, 5, modulo=64).to(dtype)
    state["bool"] = numbers("bool", 7, modulo=2).bool()
    return state


def training_state():
    """As BasicSR writes it beside its models."""
    parameter = torch.nn.Parameter(torch.zeros(2, 3))
    optimizer = torch.optim.Adam([parameter], 1e-4)
    parameter.sum().backward()
    optimizer.step()
    scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [5, 10])
    return {"epoch": 3, "iter": 500, "optimizers": [optimizer.state_dict()], "schedulers": [scheduler.state_dict()]}


def checkpoint():
    """As image classification examples write it, with what such files drag along."""
    state = prefixed("module.", OrderedDict((k, torch.nn.Parameter(v)) for k, v in generator().items()))
    state._metadata = OrderedDict({"": {"version": 1}})
    return {"epoch": 7, "arch": "rrdb", "best_psnr": np.float64(29.5), "seen": collections.Counter(a=2),
            "device": torch.device("cpu"), "dtype": torch.float32, "names": {"x", "y"}, "size": torch.Size([1, 2]),
            "nothing": None, "done": True, "big": 1 << 70, "small": -(1 << 40), "tuple": (1, (2, 3), 4.5),
            "bytes": b"raw", "state_dict": state, "optimizer": training_state()["optimizers"][0]}


def mmagic():
    averaged = prefixed("generator_ema.", generator())
    last = prefixed("generator.", OrderedDict((k, v + 1) for k, v in generator().items()))
    return {"meta": {"iter": 4}, "state_dict": {**last, **averaged, "discriminator.conv0_0.weight": torch.zeros(1),
                                                "step_counter": torch.tensor([4])}}


FILES = {
    "views": views(),
    "old-x1": old(generator(ups=0), ups=0),
    "old-x2": old(generator(ups=1), ups=1),
    "old-x8": old(generator(ups=3), ups=3),
    "old-plus": old(generator(plus=True)),
    "old-two-blocks": old(generator(nb=2, gc=3), nb=2),
    "middle-x2": middle(generator(ups=1)),
    "middle-x8": middle(generator(ups=3)),
    "new-plus-x8": {"params": generator(ups=3, plus=True)},
    "new-gray": {"params": generator(channels=1)},
    "new-gray-x2": {"params-ema": generator(channels=1, unshuffle=2)},
    "new-x1": {"params": generator(unshuffle=4), "params_ema": None},
    "compiled": {"model_state_dict": prefixed("module._orig_mod.", generator())},
    "netg": {"anything": prefixed("netG.", middle(generator()))},
    "both": {"params": OrderedDict((k, v + 1) for k, v in generator().items()), "params_ema": generator()},
    "checkpoint": checkpoint(),
    "mmagic": mmagic(),
    "training": training_state(),
    "fresh-training": {"epoch": 0, "iter": 0, "optimizers": [], "schedulers": []},
    "list": [torch.zeros(2)],
    "model": torch.nn.Conv2d(1, 1, 1),
}

if __name__ == "__main__":
    out = Path(sys.argv[1])
    torch.manual_seed(3)
    for i, (name, value) in enumerate(FILES.items()):
        both = name in ("views", "checkpoint", "training")
        if both or i % 2 == 0:
            torch.save(value, out / f"{name}.zip.pth")
        if both or i % 2 == 1:
            torch.save(value, out / f"{name}.legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(views(), out / "views-protocol4.zip.pth", pickle_protocol=4)
    torch.save(views(), out / "views-protocol4.legacy.pth", pickle_protocol=4, _use_new_zipfile_serialization=False)
    torch.jit.save(torch.jit.script(torch.nn.Identity()), out / "program.zip.pth")
