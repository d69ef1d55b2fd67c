"""Causes and contexts are printed before the exception."""


class ConfigError(Exception):
    """Raised for a bad configuration."""


def parse(text):
    try:
        return int(text)
    except ValueError as e:
        raise ConfigError("bad number", text) from e


def load(options):
    try:
        return parse(options["size"])
    except KeyError:
        raise ConfigError("no size")


def main():
    for options in ({"size": "12"}, {}):
        try:
            print(load(options))
        except ConfigError as e:
            print("config:", e, repr(e.__cause__), repr(e.__context__))
    try:
        load({"size": "twelve"})
    finally:
        print("cleaning up")


main()
