SetFactory("OpenCASCADE");
Box(1) = {0,0,0,1,1,1}; Sphere(2) = {1,1,1,0.4}; BooleanDifference(3) = { Volume{1}; Delete; }{ Volume{2}; Delete; };
Mesh.MeshSizeMax = 0.4;
