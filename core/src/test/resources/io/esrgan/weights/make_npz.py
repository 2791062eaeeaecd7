"""Writes the .npz files beside it with NumPy, for the tests of their reader.

    python3 make_npz.py OUT_DIR

Number i of an array, counted with the last axis fastest, is i + (CRC-32 of its name) mod 1000, modulo 64 where the
type is narrow, as make_files.py has it.
"""
import sys
import zipfile
import zlib
from pathlib import Path

import numpy as np


def numbers(name, *shape, dtype="<f8", order="C"):
    count = int(np.prod(shape))
    values = np.arange(count) + zlib.crc32(name.encode()) % 1000
    narrow = np.dtype(dtype).itemsize <= 2
    if np.dtype(dtype).kind == "b":
        values %= 2
    elif narrow:
        values %= 64
    return np.asarray(values.reshape(shape).astype(dtype), order=order)


def arrays():
    out = {"row": numbers("row", 7), "scalar": numbers("scalar").reshape(()), "empty": numbers("empty", 0, 3)}
    for dtype in ("<f8", "<f4", "<f2", "<i8", "<i4", "<i2", "|i1", "|u1", "|b1", ">f8", ">f4", ">f2", ">i8", ">i4", ">i2"):
        name = dtype[1:] + ("-big" if dtype[0] == ">" else "")
        out[name] = numbers(name, 3, 5, dtype=dtype)
    out["fortran"] = numbers("fortran", 4, 3, 2, order="F")
    out["fortran-big"] = numbers("fortran-big", 3, 4, dtype=">i4", order="F")
    return out


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    np.savez(folder / "arrays.npz", **arrays())
    np.savez_compressed(folder / "deflated.npz", **arrays())
    np.savez(folder / "objects.npz", objects=np.array([{}, None], dtype=object))
    with zipfile.ZipFile(folder / "versions.npz", "w") as archive:
        for version in ((1, 0), (2, 0), (3, 0)):
            name = "version%d" % version[0]
            with archive.open(name + ".npy", "w") as file:
                np.lib.format.write_array(file, numbers(name, 2, 3), version=version)
