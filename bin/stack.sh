# Sourced: raises the stack limit to about 400 MB, or to the hard limit, and sets $stack to what Node may use of it (KB).
# Node's default holds some 7,000 frames; interpreters of interpreters recurse deeper.
wanted=400000
if ! ulimit -s "$wanted" 2>/dev/null; then ulimit -s "$(ulimit -H -s)" 2>/dev/null; fi
limit=$(ulimit -s)
[ "$limit" = unlimited ] && limit=$wanted
stack=$((limit - limit / 16 - 256))
