"""datetime, calendar, decimal and fractions from the library."""
import calendar
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction

d = date(2024, 2, 28)
print([str(d + timedelta(days=i)) for i in range(4)], d.weekday(), d.isoformat(), d.strftime("%d/%m/%y %A %j"), d.replace(day=1))
print((date(2024, 12, 25) - d).days, d < date(2025, 1, 1), date.fromisoformat("2023-07-04"), tuple(d.isocalendar()), date.fromordinal(738000))
t = datetime(2024, 1, 31, 23, 59, 58, 123456)
print(t, repr(t), t + timedelta(seconds=2), t.isoformat(timespec="milliseconds"), t.time(), t.date())
print(datetime.strptime("05 Mar 2021 14:30", "%d %b %Y %H:%M"), t.strftime("%H:%M:%S.%f %p"), t.timetuple().tm_yday)
delta = timedelta(days=1, hours=2, minutes=3.5)
print(delta, repr(delta), delta.total_seconds(), -delta, delta * 2, delta / timedelta(hours=1), divmod(delta, timedelta(hours=5)))
utc = datetime(2024, 3, 10, 12, tzinfo=timezone.utc)
print(utc, utc.astimezone(timezone(timedelta(hours=-5))), utc.timestamp(), datetime.fromtimestamp(0, timezone.utc))
print(time(1, 2, 3), time.fromisoformat("04:05"), max(date(2020, 1, 1), date(2021, 1, 1)))
for bad in (lambda: datetime.strptime("x", "%Y"), lambda: datetime.strptime("2020-1", "%Y")):
    try:
        bad()
    except ValueError as e:
        print(e)
print(calendar.month(2024, 2), calendar.isleap(2000), calendar.monthrange(2023, 2), calendar.day_name[0])
getcontext().prec = 30
print(Decimal("0.1") + Decimal("0.2"), Decimal(1) / Decimal(7), Decimal("2").sqrt(), Decimal("1.10").normalize(), Decimal("1E+3"))
print(Decimal("2.675").quantize(Decimal("0.01"), ROUND_HALF_UP), Decimal("-0"), Decimal("NaN"), f"{Decimal('1234567.891'):,.2f}")
print(sum([Decimal("0.1")] * 10) == 1, Decimal(0.1), int(Decimal("7.9")), Decimal("3.0") == 3, sorted([Decimal(2), Decimal("1.5")]))
print(Fraction(3, 4) + Fraction(1, 6), Fraction("0.125"), Fraction(1.5), Fraction(7, 3) // 1, Fraction(1, 3) < 0.34)
print(sum(Fraction(1, n) for n in range(1, 11)), Fraction(22, 7).limit_denominator(5), float(Fraction(1, 8)), round(Fraction(7, 2)))
