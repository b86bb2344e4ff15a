$fn=16;
module wheel(r) { difference() { cylinder(r=r, h=2); translate([0,0,-1]) cylinder(r=r/2, h=4); } }
for (i=[0:2]) translate([i*12,0,0]) wheel(3+i);
function f(x) = x < 1 ? 1 : x*f(x-1);
echo(f(5), [for (i=[0:3]) i*i]);
intersection() { sphere(4); cube(5); }

