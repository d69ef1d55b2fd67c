"""sys.exit with a text prints it to stderr and gives 1."""
import sys

for code in (None, 0, 3, "text", (1, 2), True):
    try:
        sys.exit(code)
    except SystemExit as e:
        print(repr(e), e.code, e.args)
print("last")
sys.exit("fatal: giving up")
