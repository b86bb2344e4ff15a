camera { location <0, 2, -5> look_at 0 }
light_source { <5, 5, -5> rgb 1 }
#declare Solid = difference { sphere { 0, 1 } box { <-2, -0.3, -2>, <2, 0.3, 2> } };
object { Solid pigment { checker rgb 1, rgb <1, 0, 0> } finish { reflection 0.2 } }
torus { 1, 0.3 translate 2 * x pigment { rgb <0, 1, 0> } }
