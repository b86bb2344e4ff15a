// ring_xapian.cpp - Xapian's intrusive_ptr and opt_intrusive_ptr from its own header.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: cycle proved objects=2 instances=1 of=Query,Term members=Query::term,Term::query
#include <xapian.h>

struct Term;
struct Query : Xapian::Internal::intrusive_base {
  Xapian::Internal::intrusive_ptr<Term> term;
  double weight = 1;
};
struct Term : Xapian::Internal::intrusive_base {
  Xapian::Internal::intrusive_ptr<Query> query;
};

int main() {
  Xapian::Internal::intrusive_ptr<Query> query(new Query);  // (made here)
  query->term = new Term;                                   // (made here)
  query->term->query = query;
}
