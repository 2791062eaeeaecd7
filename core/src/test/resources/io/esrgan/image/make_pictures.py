"""Makes the small pictures that the reading tests read, and what they should read as.

    python3 make_pictures.py        (NumPy, Pillow 9.4, tifffile)

Everything is computed from gradients; there is nothing of anyone's in these files. PNG kinds that
Pillow does not write are put together here by hand. What a file should read as stands in
expected/, as plain PNG; for lossy files it is what Pillow reads. pictures.csv lists them all.
"""
import io
import struct
import zlib
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image, ImageCms, ImageOps

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
EXPECTED.mkdir(exist_ok=True)
ROWS = []
H, W = 19, 27


# ---------------------------------------------------------------- PNG by hand

PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def packed(rows, bits):
    """Rows of samples (h, w, c) to bytes, every row through one of the five filters in turn."""
    if rows.shape[0] == 0 or rows.shape[1] == 0:
        return b""
    step = max(1, rows.shape[2] * bits // 8)
    out, above = b"", None
    for y, row in enumerate(rows):
        flat = row.reshape(-1)
        if bits == 16:
            raw = flat.astype(">u2").tobytes()
        else:
            ones = np.unpackbits(flat.astype(np.uint8)[:, None], axis=1)[:, 8 - bits:].reshape(-1)
            raw = np.packbits(ones).tobytes()
        raw = np.frombuffer(raw, np.uint8).astype(int)
        up = np.zeros_like(raw) if above is None else above
        left = np.concatenate([np.zeros(step, int), raw])[: len(raw)]
        corner = np.concatenate([np.zeros(step, int), up])[: len(raw)]
        p = left + up - corner
        d = np.abs(np.stack([p - left, p - up, p - corner]))
        paeth = np.choose(d.argmin(0), [left, up, corner])
        guess = [0, left, up, (left + up) // 2, paeth][y % 5]
        out += bytes([y % 5]) + ((raw - guess) % 256).astype(np.uint8).tobytes()
        above = raw
    return out


def png(path, samples, bits, colour, interlaced=False, extra=()):
    samples = samples if samples.ndim == 3 else samples[:, :, None]
    h, w = samples.shape[:2]
    raw = b"".join(packed(samples[y::dy, x::dx], bits) for x, y, dx, dy in PASSES) if interlaced else packed(samples, bits)
    data = zlib.compress(raw, 9)
    parts = [data[i:i + 400] for i in range(0, len(data), 400)]  # several IDAT chunks
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, bits, colour, 0, 0, int(interlaced))))
        for name, content in extra:
            f.write(chunk(name, content))
        for part in parts:
            f.write(chunk(b"IDAT", part))
        f.write(chunk(b"IEND", b""))


COLOUR = {1: 0, 2: 4, 3: 2, 4: 6}


def expect(name, samples):
    samples = samples if samples.ndim == 3 else samples[:, :, None]
    png(EXPECTED / (name + ".png"), samples, 16 if samples.dtype == np.uint16 else 8, COLOUR[samples.shape[2]])


def row(file, expected, tolerance=0, dpi=0, profile=""):
    ROWS.append(f"{file},{expected},{tolerance},{dpi},{profile}")


def made(file, image, tolerance, dpi=0, profile=""):
    """A file whose meaning is what Pillow makes of it."""
    name = file.replace(".", "-")
    expect(name, np.asarray(image))
    row(file, name, tolerance, dpi, profile)


# ---------------------------------------------------------------- gradients

y, x = np.mgrid[0:H, 0:W].astype(float)
r = 127.5 + 127.5 * np.sin(x / 5 + y / 9)
g = 255 * x / (W - 1)
b = 255 * y / (H - 1)
a = 255 * np.clip((x + y) / (W + H - 2) * 1.4 - 0.2, 0, 1)


def stack(bits, *planes):
    most = 2 ** bits - 1
    return np.stack([np.round(p / 255 * most) for p in planes], 2).astype(np.uint16 if bits == 16 else np.uint8)


rgb8, rgb16 = stack(8, r, g, b), stack(16, r, g, b)
rgba8, rgba16 = stack(8, r, g, b, a), stack(16, r, g, b, a)
gray8, gray16 = stack(8, r), stack(16, r)
graya8, graya16 = stack(8, r, a), stack(16, r, a)
for name, samples in dict(gray8=gray8, gray16=gray16, graya8=graya8, graya16=graya16, rgb8=rgb8, rgb16=rgb16, rgba8=rgba8, rgba16=rgba16).items():
    expect(name, samples)
    bits = 16 if name.endswith("16") else 8
    for interlaced in (False, True):
        file = f"{name}{'-interlaced' if interlaced else ''}.png"
        png(HERE / file, samples, bits, COLOUR[samples.shape[2]], interlaced)
        row(file, name)

# gray of few bits, palettes
for bits in (1, 2, 4):
    few = stack(bits, r)
    expect(f"gray{bits}", (few.astype(int) * 255 // (2 ** bits - 1)).astype(np.uint8))
    png(HERE / f"gray{bits}.png", few, bits, 0, bits == 2)
    row(f"gray{bits}.png", f"gray{bits}")
for bits in (1, 2, 4, 8):
    colours = np.stack([np.linspace(3, 250, 2 ** bits), np.linspace(255, 0, 2 ** bits), np.linspace(90, 17, 2 ** bits)], 1).astype(np.uint8)
    index = stack(bits, g)[:, :, 0]
    expect(f"palette{bits}", colours[index])
    png(HERE / f"palette{bits}.png", index, bits, 3, bits == 4, [(b"PLTE", colours.tobytes())])
    row(f"palette{bits}.png", f"palette{bits}")
alpha = np.arange(0, 200, dtype=np.uint8)  # fewer than colours: the rest is opaque
full = np.concatenate([alpha, np.full(56, 255, np.uint8)])
expect("palette8-trns", np.concatenate([colours[index], full[index][:, :, None]], 2))
png(HERE / "palette8-trns.png", index, 8, 3, False, [(b"PLTE", colours.tobytes()), (b"tRNS", alpha.tobytes())])
row("palette8-trns.png", "palette8-trns")

# one transparent colour
for name, samples, bits in (("gray2", stack(2, r), 2), ("gray8", gray8, 8), ("gray16", gray16, 16), ("rgb8", rgb8, 8), ("rgb16", rgb16, 16)):
    key = samples[4, 7]
    seen = (samples != key).any(2, keepdims=True)
    most = 65535 if bits == 16 else 255
    value = samples.astype(int) * 255 // 3 if bits == 2 else samples.astype(int)
    both = np.concatenate([value, seen * most], 2).astype(np.uint16 if bits == 16 else np.uint8)
    expect(f"{name}-trns", both)
    for interlaced in (False, True):
        file = f"{name}-trns{'-interlaced' if interlaced else ''}.png"
        png(HERE / file, samples, bits, COLOUR[samples.shape[2]], interlaced, [(b"tRNS", key.astype(">u2").tobytes())])
        row(file, f"{name}-trns")

# fewer pixels than an interlaced pass has
for h, w in ((1, 1), (2, 3), (5, 1)):
    expect(f"tiny{w}x{h}", rgb8[:h, :w])
    png(HERE / f"tiny{w}x{h}.png", rgb8[:h, :w], 8, 2, True)
    row(f"tiny{w}x{h}.png", f"tiny{w}x{h}")

# ---------------------------------------------------------------- notes

# sRGB with red and green exchanged: a reader that converts through it cannot go unnoticed
odd = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
odd = odd.replace(b"rXYZ", b"tmpX", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"tmpX", b"gXYZ", 1)
(HERE / "odd.icc").write_bytes(odd)
RGB, RGBA, L = Image.fromarray(rgb8), Image.fromarray(rgba8), Image.fromarray(gray8[:, :, 0])
RGB.save(HERE / "notes.png", icc_profile=odd, dpi=(300, 300))
row("notes.png", "rgb8", 0, 300, "odd.icc")
L.save(HERE / "gray-with-rgb-profile.png", icc_profile=odd, dpi=(72, 72))
row("gray-with-rgb-profile.png", "gray8", 0, 72)
RGB.save(HERE / "notes.jpg", icc_profile=odd, dpi=(240, 240), quality=90)
made("notes.jpg", Image.open(HERE / "notes.jpg"), 0, 240, "odd.icc")
RGB.save(HERE / "notes.tif", icc_profile=odd, dpi=(600, 600))
row("notes.tif", "rgb8", 0, 600, "odd.icc")
RGB.save(HERE / "notes.webp", icc_profile=odd, lossless=True)
row("notes.webp", "rgb8", 0, 0, "odd.icc")

# ---------------------------------------------------------------- orientation

for o in range(1, 9):
    exif = Image.Exif()
    exif[274] = o
    RGB.save(HERE / f"orientation{o}.jpg", exif=exif, quality=92, subsampling=0)
    made(f"orientation{o}.jpg", ImageOps.exif_transpose(Image.open(HERE / f"orientation{o}.jpg")), 0)
    rgb = np.asarray(ImageOps.exif_transpose(Image.open(HERE / f"orientation{o}.jpg")))
    exif_big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(">H", o) + b"\0\0\0\0\0\0"
    upright = {1: lambda i: i, 2: lambda i: i[:, ::-1], 3: lambda i: i[::-1, ::-1], 4: lambda i: i[::-1],
               5: lambda i: i.transpose(1, 0, 2), 6: lambda i: i[::-1].transpose(1, 0, 2),
               7: lambda i: i[::-1, ::-1].transpose(1, 0, 2), 8: lambda i: i[:, ::-1].transpose(1, 0, 2)}[o]
    assert rgb.shape == upright(rgb8).shape and np.abs(rgb.astype(int) - upright(rgb8)).mean() < 8, o
    expect(f"upright{o}", upright(rgba16))
    png(HERE / f"orientation{o}.png", rgba16, 16, 6, False, [(b"eXIf", exif_big)])
    row(f"orientation{o}.png", f"upright{o}")
    tifffile.imwrite(HERE / f"orientation{o}.tif", rgba16, photometric="rgb", extrasamples=["unassalpha"],
                     extratags=[(274, "H", 1, o, True)], metadata=None, software=False)
    row(f"orientation{o}.tif", f"upright{o}")
exif = Image.Exif()
exif[274] = 6
RGB.save(HERE / "orientation6.webp", exif=exif, lossless=True)
expect("upright6-8", rgb8[::-1].transpose(1, 0, 2))
row("orientation6.webp", "upright6-8")

# ---------------------------------------------------------------- JPEG

for name, options in dict(baseline=dict(quality=90), progressive=dict(quality=80, progressive=True), full=dict(quality=97, subsampling=0),
                          halves=dict(quality=85, subsampling=1)).items():
    RGB.save(HERE / f"{name}.jpg", **options)
    made(f"{name}.jpg", Image.open(HERE / f"{name}.jpg"), 0)
L.save(HERE / "gray.jpg", quality=85)
made("gray.jpg", Image.open(HERE / "gray.jpg"), 0)

# RGB stored as such: what Pillow writes, its JFIF segment replaced by an Adobe one that says so
buffer = io.BytesIO()
Image.merge("YCbCr", RGB.split()).save(buffer, "JPEG", quality=95, subsampling=0)
plain = buffer.getvalue()
adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0"
(HERE / "adobe-rgb.jpg").write_bytes(plain[:2] + adobe + plain[20:])
made("adobe-rgb.jpg", Image.open(HERE / "adobe-rgb.jpg"), 0)

cmyk = Image.merge("CMYK", [Image.fromarray(p.astype(np.uint8)) for p in (r, g, b, a * 0.6)])
cmyk.save(HERE / "cmyk.jpg", quality=95)
made("cmyk.jpg", Image.open(HERE / "cmyk.jpg").convert("RGB"), 1)
buffer = io.BytesIO()
soft = [Image.fromarray(p.astype(np.uint8)) for p in (60 + r / 2, 100 + g / 5, 110 + b / 6, 180 + a / 4)]
Image.merge("CMYK", soft).save(buffer, "JPEG", quality=95)
ycck = bytearray(buffer.getvalue())
ycck[ycck.index(b"Adobe") + 11] = 2
(HERE / "ycck.jpg").write_bytes(ycck)
made("ycck.jpg", Image.open(HERE / "ycck.jpg").convert("RGB"), 1)


def cmyk_profile():
    """The smallest table that is one: sixteen corners of ink to Lab, multilinear between."""
    table = []
    for c in (0, 1):
        for m in (0, 1):
            for ye in (0, 1):
                for k in (0, 1):
                    light = 255 * (1 - 0.3 * c) * (1 - 0.4 * m) * (1 - 0.1 * ye) * (1 - 0.8 * k)
                    table += [int(light), 128 + 40 * m - 30 * c, 128 + 50 * ye - 30 * c]
    ramp = bytes(range(256))
    lut = (b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + struct.pack(">9i", *(65536 if i % 4 == 0 else 0 for i in range(9)))
           + ramp * 4 + bytes(table) + ramp * 3)
    lut += b"\0" * (-len(lut) % 4)
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + b"\0" * 78
    text += b"\0" * (-len(text) % 4)
    white = b"XYZ \0\0\0\0" + struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
    tags = [(b"desc", text), (b"wtpt", white), (b"A2B0", lut)]
    at = 128 + 4 + 12 * len(tags)
    directory, body = struct.pack(">I", len(tags)), b""
    for name, content in tags:
        directory += name + struct.pack(">II", at + len(body), len(content))
        body += content
    head = (struct.pack(">I", at + len(body)) + b"\0\0\0\0" + struct.pack(">I", 0x02400000) + b"prtrCMYKLab "
            + struct.pack(">6H", 2020, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D))
    return head + b"\0" * (128 - len(head)) + directory + body


inks = cmyk_profile()
cmyk.save(HERE / "cmyk-profile.jpg", quality=95, icc_profile=inks)
target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
through = ImageCms.profileToProfile(Image.open(HERE / "cmyk-profile.jpg"), ImageCms.ImageCmsProfile(io.BytesIO(inks)), target, outputMode="RGB")
made("cmyk-profile.jpg", through, 24)  # two colour managements clip differently

# ---------------------------------------------------------------- TIFF

for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
    RGB.save(HERE / f"{compression}.tif", compression=compression)
    row(f"{compression}.tif", "rgb8")
RGB.save(HERE / "jpeg.tif", compression="jpeg", quality=95)
made("jpeg.tif", Image.open(HERE / "jpeg.tif").convert("RGB"), 3)
L.save(HERE / "gray8.tif")
row("gray8.tif", "gray8")
RGBA.save(HERE / "rgba8.tif")
row("rgba8.tif", "rgba8")
bilevel = L.convert("1", dither=0)
bilevel.save(HERE / "bilevel.tif", compression="group4")
made("bilevel.tif", bilevel.convert("L"), 0)
RGB.quantize(32).save(HERE / "palette.tif")
made("palette.tif", Image.open(HERE / "palette.tif").convert("RGB"), 0)
cmyk.save(HERE / "cmyk.tif")
made("cmyk.tif", cmyk.convert("RGB"), 1)


def tiff(file, samples, expected, tolerance=0, **options):
    tifffile.imwrite(HERE / file, samples, metadata=None, software=False, **options)
    row(file, expected, tolerance)


tiff("gray16-little.tif", gray16[:, :, 0], "gray16", byteorder="<", photometric="minisblack")
tiff("gray16-big.tif", gray16[:, :, 0], "gray16", byteorder=">", photometric="minisblack")
tiff("rgb16-little.tif", rgb16, "rgb16", byteorder="<", photometric="rgb")
tiff("rgb16-big-deflate.tif", rgb16, "rgb16", byteorder=">", photometric="rgb", compression="zlib")
tiff("rgb16-planes.tif", np.moveaxis(rgb16, 2, 0), "rgb16", photometric="rgb", planarconfig="separate")
tiff("rgb8-tiles.tif", rgb8, "rgb8", photometric="rgb", tile=(16, 16))
for order, name in (("<", "little"), (">", "big")):
    for bits, samples in ((8, rgba8), (16, rgba16)):
        options = dict(byteorder=order, photometric="rgb", extrasamples=["unassalpha"], compression="zlib")
        tiff(f"rgba{bits}-bigtiff-{name}.tif", samples, f"rgba{bits}", bigtiff=True, tile=(16, 16), **options)
        left = np.concatenate([np.zeros_like(samples[:, :1]), samples[:, :-1]], 1)
        file = HERE / f"rgba{bits}-differences-{name}.tif"  # the predictor's tag, 317, is put in by hand
        tiff(file.name, samples - left, f"rgba{bits}", rowsperstrip=4, extratags=[(316, "H", 1, 2, True)], **options)
        tag = struct.pack(order + "HHI", 316, 3, 1)
        assert file.read_bytes().count(tag) == 1
        file.write_bytes(file.read_bytes().replace(tag, struct.pack(order + "HHI", 317, 3, 1)))
RGB.save(HERE / "lzw-differences.tif", compression="tiff_lzw", tiffinfo={317: 2})
row("lzw-differences.tif", "rgb8")
noise = np.random.default_rng(1).integers(0, 256, (48, 64, 3)).astype(np.uint8)  # more strings than codes
expect("noise", noise)
for compression in ("tiff_lzw", "packbits"):
    Image.fromarray(noise).save(HERE / f"noise-{compression}.tif", compression=compression)
    row(f"noise-{compression}.tif", "noise")
tiff("graya8.tif", graya8, "graya8", photometric="minisblack", extrasamples=["unassalpha"])
tiff("white-is-zero.tif", 255 - gray8[:, :, 0], "gray8", photometric="miniswhite")
tiff("white-is-zero16.tif", 65535 - gray16[:, :, 0], "gray16", photometric="miniswhite")
for bits, straight in ((8, rgba8), (16, rgba16)):
    most = 2 ** bits - 1
    opacity = straight[:, :, 3:].astype(float) / most
    times = np.concatenate([np.round(straight[:, :, :3] * opacity), straight[:, :, 3:]], 2)
    back = np.where(opacity > 0, np.minimum(most, np.floor(times[:, :, :3] / np.maximum(opacity, 1e-9) + 0.5)), 0)
    expect(f"associated{bits}", np.concatenate([back, straight[:, :, 3:]], 2).astype(straight.dtype))
    tiff(f"associated{bits}.tif", times.astype(straight.dtype), f"associated{bits}", 1, photometric="rgb", extrasamples=["assocalpha"])

# ---------------------------------------------------------------- BMP, WebP, GIF

RGB.save(HERE / "rgb.bmp")
row("rgb.bmp", "rgb8")
L.save(HERE / "gray.bmp")
row("gray.bmp", "gray8")
RGB.quantize(16).save(HERE / "palette.bmp")
made("palette.bmp", RGB.quantize(16).convert("RGB"), 0)
bilevel.save(HERE / "bilevel.bmp")
made("bilevel.bmp", bilevel.convert("L"), 0)

RGB.save(HERE / "lossless.webp", lossless=True)
row("lossless.webp", "rgb8")
RGBA.save(HERE / "lossless-alpha.webp", lossless=True, exact=True)
row("lossless-alpha.webp", "rgba8")
RGB.save(HERE / "lossy.webp", quality=90)
# libwebp smooths chroma, which is stored at half resolution; the reader under test repeats it
made("lossy.webp", Image.open(HERE / "lossy.webp"), 24)
RGBA.save(HERE / "lossy-alpha.webp", quality=90)
made("lossy-alpha.webp", Image.open(HERE / "lossy-alpha.webp"), 24)

few = RGB.quantize(16)
few.save(HERE / "palette.gif")
made("palette.gif", few.convert("RGB"), 0)
few.save(HERE / "transparent.gif", transparency=3)
made("transparent.gif", Image.open(HERE / "transparent.gif").convert("RGBA"), 0)
few.save(HERE / "animated.gif", save_all=True, append_images=[ImageOps.mirror(few)], duration=100)
made("animated.gif", Image.open(HERE / "animated.gif").convert("RGB"), 0)

(HERE / "pictures.csv").write_text("file,expected,tolerance,dpi,profile\n" + "\n".join(ROWS) + "\n")
