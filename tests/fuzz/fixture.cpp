// fixture.cpp - what the seeds of debug_info are made of: a few of each sort of class, function and variable
// that gordian asks debug info for, without a header: a seed is to stay small.
using size_t = decltype(sizeof 0);

namespace std {
template <class T>
class shared_ptr;
inline namespace __cxx11 {
template <class C>
class basic_string {
  C* data_;
  size_t size_;
};
}  // namespace __cxx11

class _Sp_counted {
 public:
  virtual ~_Sp_counted();
  virtual void _M_dispose();
  int _M_use_count, _M_weak_count;
};
_Sp_counted::~_Sp_counted() {}
void _Sp_counted::_M_dispose() {}
struct __shared_count {
  _Sp_counted* _M_pi;
};
template <class T>
class __shared_ptr {
 public:
  T* _M_ptr;
  __shared_count _M_refcount;
};
template <class T>
class shared_ptr : public __shared_ptr<T> {};
template <class T>
struct _Vector_impl_data {
  T *_M_start, *_M_finish, *_M_end_of_storage;
};
template <class T>
class vector {
  struct _Vector_impl : _Vector_impl_data<T> {};
  _Vector_impl _M_impl;
};
template <class... T>
struct _Tuple_impl;
template <class H, class... T>
struct _Tuple_impl<H, T...> : _Tuple_impl<T...> {
  H _M_head_impl;
};
template <>
struct _Tuple_impl<> {};
}  // namespace std

namespace boost {
template <class T>
struct intrusive_ptr {
  T* px;
};
}  // namespace boost

void operator delete(void*, size_t) noexcept {}

struct Leaf {
  virtual ~Leaf();
  union {
    Leaf* next;
    long number;
  };
  unsigned narrow : 3, wide : 29;
};
Leaf::~Leaf() {}

struct Tree : Leaf {
  std::shared_ptr<Tree> parent;
  std::vector<std::shared_ptr<Tree>> kids;
  std::shared_ptr<Leaf> leaves[2][3];
  std::_Tuple_impl<std::shared_ptr<Tree>, int> both;
  std::basic_string<char> name;
  void (Tree::*method)(int);
  int Tree::*member;
  enum class Kind : char { none, some } kind;
  static Tree* first;
  virtual void grow(int);
};
Tree* Tree::first;

namespace own {
struct Counted {
  int references;
};
struct Node : virtual Counted {
  boost::intrusive_ptr<Node> next;
  virtual ~Node();
};
Node::~Node() {}
}  // namespace own

own::Node* g_node;
static thread_local Tree* t_tree;

static inline __attribute__((always_inline)) int inlined(Tree* tree, int depth) {
  std::shared_ptr<Tree> local = tree->parent;
  return depth + (local._M_ptr != nullptr ? 1 : 0);
}

void Tree::grow(int depth) {
  static std::shared_ptr<Tree> kept;
  t_tree = this;
  auto later = [this, depth, copy = kept] { return inlined(this, depth) + (copy._M_ptr == this ? 1 : 0); };
  if (later() > 3) grow(depth - 1);
}
