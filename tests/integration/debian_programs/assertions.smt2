(declare-const x Int)(declare-const y Int)(declare-fun f (Int) Int)
(assert (> (+ x y) 10))(assert (= (f x) (* 2 y)))(assert (< x 3))(check-sat)(get-value (x))
(push)(assert (forall ((z Int)) (> (f z) z)))(assert (< (f 7) 5))(check-sat)(pop)
