"""sys.exit with a number, after cleaning up."""
import sys


def work():
    try:
        sys.exit(7)
    except Exception:
        print("not caught here")
    finally:
        print("finally")


try:
    work()
except SystemExit as e:
    print("code", e.code)
    print("to stderr", file=sys.stderr)
    sys.stdout.write("written\n")
    raise
