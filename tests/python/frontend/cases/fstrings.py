x = ('a'
   f'{x:{y}z}' 'b'
   f'''c{
   a}  {b
   }
   {c} {d:{e
   }}
  {f!r:>{g}}''' f'{ h=}' rf"\{i}\n")
