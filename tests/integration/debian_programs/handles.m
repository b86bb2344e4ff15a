1;
function r=f(x) r=x*2; end
A=magic(4); s.a={1,'x',A}; g=@(x) f(x)+sum(A(:)); disp(g(3)); disp(s); c=containers.Map(); c('k')=g; disp(c.keys()); x=fzero(@(t) cos(t)-t,[0 1]); printf('%.6f\n',x);
