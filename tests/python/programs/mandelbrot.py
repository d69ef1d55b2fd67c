"""The Mandelbrot set in text, with floats and with complex numbers."""

PALETTE = " .:-=+*#%@"


def iterate(cr, ci, limit):
    zr = zi = 0.0
    for n in range(limit):
        zr2, zi2 = zr * zr, zi * zi
        if zr2 + zi2 > 4.0:
            return n
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    return limit


def picture(width, height, limit):
    for row in range(height):
        ci = 2.4 * row / height - 1.2
        yield "".join(
            PALETTE[iterate(3.2 * col / width - 2.2, ci, limit) * (len(PALETTE) - 1) // limit] for col in range(width)
        )


for line in picture(72, 28, 60):
    print(line.rstrip())

points = [complex(-0.5, 0.5), 0.3 + 0.5j, -1.25j, 1 + 1j, -2 + 0j]
for c in points:
    z, n = 0j, 0
    while abs(z) <= 2 and n < 50:
        z = z * z + c
        n += 1
    print(c, n, "inside" if n == 50 else "outside")
