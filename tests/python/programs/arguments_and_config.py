"""argparse, configparser, csv, getopt, fnmatch, glob patterns, statistics, html, urllib.parse."""
import argparse
import configparser
import csv
import fnmatch
import getopt
import html
import io
import statistics
import urllib.parse

parser = argparse.ArgumentParser(prog="tool", description="A demonstration tool.")
parser.add_argument("files", nargs="*", help="input files")
parser.add_argument("-n", "--number", type=int, default=3, help="how many (default: %(default)s)")
parser.add_argument("-v", "--verbose", action="count", default=0)
parser.add_argument("--mode", choices=["fast", "slow"])
parser.add_argument("--flag", action=argparse.BooleanOptionalAction)
print(parser.parse_args(["a", "b", "-n", "5", "-vv", "--mode=fast", "--no-flag"]))
print(parser.parse_args([]), parser.format_usage())
print(parser.format_help())
sub = argparse.ArgumentParser(prog="git")
commands = sub.add_subparsers(dest="command", required=True)
add = commands.add_parser("add")
add.add_argument("path")
print(sub.parse_args(["add", "x"]))
for argv in (["-n", "x"], ["--mode", "odd"], ["--unknown"]):
    try:
        parser.parse_args(argv)
    except SystemExit as e:
        print("exit", e.code)
config = configparser.ConfigParser()
config.read_string("[main]\nname = demo\nsize=10\npath = %(name)s/x\n[other]\nflag: yes\n")
print(config.sections(), config["main"]["path"], config.getint("main", "size"), config["other"].getboolean("flag"), config.has_option("main", "zip"))
out = io.StringIO()
config.write(out)
print(repr(out.getvalue()))
print(getopt.getopt(["-a", "-b", "val", "--long=1", "rest"], "ab:", ["long="]))
table = 'name,qty,"note"\r\nbolt,5,"a ""quoted"", note"\nnut,,"multi\nline"\n'
rows = list(csv.reader(io.StringIO(table)))
print(rows, list(csv.DictReader(io.StringIO(table)))[0])
out = io.StringIO()
writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
writer.writerow(["a", 'say "hi"', 3.5, None, "x,y", "l1\nl2"])
writer.writerows([[1, 2], ["", "z"]])
print(repr(out.getvalue()))
print(list(csv.reader(["a;b;'c;d'"], delimiter=";", quotechar="'")), csv.list_dialects())
print(fnmatch.filter(["a.py", "b.txt", "c.pyc"], "*.py"), fnmatch.fnmatch("data1.csv", "data[0-9].*"), fnmatch.translate("*.t?t"))
data = [2.5, 3.25, 5.5, 11.25, 11.75]
print(statistics.mean(data), statistics.median(data), statistics.pvariance(data), statistics.mode([1, 1, 2]), statistics.quantiles(data))
print(html.escape("<a href='x'>&"), html.unescape("&lt;&eacute;&#8364;&amp;"))
url = urllib.parse.urlsplit("https://user@host.org:8080/p/a?q=1&r=a%20b#frag")
print(url.netloc, url.port, url.path, urllib.parse.parse_qs(url.query), urllib.parse.quote("a b/ü"), urllib.parse.urlencode({"x": "1 2", "y": "é"}))
print(urllib.parse.urljoin("http://a/b/c", "../d"), urllib.parse.unquote("%E2%82%AC+"))
