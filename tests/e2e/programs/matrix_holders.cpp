// matrix_holders.cpp - every way to hold a handle, each with a cycle of one object through it.
// gordian: exit 23
// gordian: proved 30
// gordian: likely Optional,Variant
// gordian: proved or likely Deque,Queue
// gordian: path UnorderedMap::by_name[key]
// gordian: path Deque::kids[70] or Deque::kids[]
// gordian: path Queue::jobs[0] or Queue::jobs[]
// gordian: path Map::by_name[key]
// gordian: path Functions::handlers[key][0] -> captured target
// gordian: path Nested::levels[key][].second[0]
// gordian: path UnorderedSet::entries[].target
// gordian: path UnorderedIds::by_id[key]
// gordian: path List::kids[]
// gordian: path MultiMap::entries[key].target
// gordian: path MapKey::ranks.key
// gordian: path Set::members[]
// gordian: path ForwardList::kids[]
// gordian: path Bind::on_click -> bound argument 2
// gordian: path Vector::kids[1]
// gordian: path Function::on_click -> captured target
// gordian: path Tuple::row.get<2>
// gordian: path Functor::on_click -> Functor::Call::target
// gordian: path Array::kids[2]
// gordian: path (anonymous namespace)::Local::cell.rows[0].second
// gordian: path SmallFunction::on_click -> captured target
// gordian: path Variant::either
// gordian: path Stack::jobs[0]
// gordian: path Polymorphic::shape -> Polymorphic::Circle::owner
// gordian: path Any::anything
// gordian: path RawPointer::impl -> RawPointer::Impl::owner
// gordian: path UniquePtr::impl -> UniquePtr::Impl::owner
// gordian: path Optional::maybe
// gordian: path Pair::edge.second
// gordian: path Base::in_base
#define REF std::shared_ptr
#include "matrix/holders.hpp"

int main() {
  each_holder([](const auto&) {});
}
