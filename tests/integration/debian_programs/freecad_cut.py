import FreeCAD

document = FreeCAD.newDocument("cut")
cut = document.addObject("Part::Cut", "cut")
cut.Base = document.addObject("Part::Box", "box")
cut.Tool = document.addObject("Part::Sphere", "sphere")
document.recompute()
print(round(cut.Shape.Volume, 3))
FreeCAD.closeDocument("cut")
