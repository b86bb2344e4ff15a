# monkeys.py - Blender, which is linked with jemalloc, makes and counts objects.
import bpy
for i in range(40):
    bpy.ops.mesh.primitive_monkey_add(location=(i, 0, 0))
print(len(bpy.data.objects), sum(len(o.data.vertices) for o in bpy.data.objects if o.type == "MESH"))
