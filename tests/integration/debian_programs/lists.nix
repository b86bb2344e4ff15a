let fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2); l = builtins.genList (x: { a = x; b = toString x; }) 20;
in { r = fib 15; s = builtins.concatStringsSep "," (map (x: x.b) l); j = builtins.toJSON l; }
