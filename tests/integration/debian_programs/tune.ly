\version "2.24.0"
{ c'4 d' e' f' g'2 g' }
