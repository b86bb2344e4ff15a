// ring_intrusive.cpp - boost::intrusive_ptr with boost's own counter: with virtual functions and without,
// through containers and closures, beside plain pointers that own nothing.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: proved 8
// gordian: path Page::links[0]
// gordian: path Page::book
// gordian: path Shape::group
// gordian: path Group::shapes[key]
// gordian: path Apple::zebra
// gordian: path Zebra::apple
// gordian: path Job::on_done -> captured job
// gordian: path Half::whole
// gordian: path Whole::half
// gordian: path Loop::self
// gordian: path Twin::other
// gordian: path Twin::held
// gordian: path Tree::kids[key]
// gordian: says make it a plain Loop*
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

template <class T>
using Counted = boost::intrusive_ref_counter<T>;
template <class T>
using Ptr = boost::intrusive_ptr<T>;

struct Page : Counted<Page> {
  std::string title = "page";
  std::vector<Ptr<Page>> links;
  Ptr<Page> book;
  Page* last_seen = nullptr;
};

struct Group;
struct Shape : Counted<Shape> {
  virtual ~Shape() = default;
  Ptr<Shape> group;
};
struct Group : Shape {
  std::map<int, Ptr<Shape>> shapes;
};
struct Circle : Shape {
  double radius = 1;
};

struct Zebra;
struct Apple : Counted<Apple> {
  Ptr<Zebra> zebra;
  ~Apple();
};
struct Zebra : Counted<Zebra> {
  Ptr<Apple> apple;
};
Apple::~Apple() = default;

struct Job : Counted<Job> {
  std::function<void()> on_done;
};

struct Whole;
struct Half : Counted<Half> {
  std::shared_ptr<Whole> whole;
};
struct Whole {
  Ptr<Half> half;
};

struct Loop : Counted<Loop> {
  Ptr<Loop> self;
};

// What hangs off a ring says as little of itself as the ring does.
struct Leaf : Counted<Leaf> {
  int value = 3;
};
// By its size and count a node of Tree::kids may be one, and holds a Tree where that points to its parent.
struct LikeANode : Counted<LikeANode> {
  Ptr<struct Tree> tree;
  long more[4] = {};
};
struct Tree : Counted<Tree> {
  std::map<int, Ptr<Tree>> kids;
};
struct Twin : Counted<Twin> {
  Ptr<Twin> other;
  Ptr<Leaf> held;
};

int main() {
  Ptr<Page> book(new Page);  // (made here)
  Ptr<Page> page(new Page);  // (made here)
  book->links = {page, page};
  page->book = book;
  page->last_seen = book.get();

  Ptr<Group> group(new Group);         // (made here)
  group->shapes[7].reset(new Circle);  // (made here)
  group->shapes[7]->group = group;

  Ptr<Zebra> zebra(new Zebra);  // (made here)
  zebra->apple = new Apple;     // (made here)
  zebra->apple->zebra = zebra;

  Ptr<Job> job(new Job);  // (made here)
  job->on_done = [job] { job->on_done(); };

  auto whole = std::make_shared<Whole>();  // (made here)
  whole->half = new Half;                  // (made here)
  whole->half->whole = whole;

  Ptr<Loop> loop(new Loop);  // (made here)
  loop->self = loop;

  Ptr<Tree> tree(new Tree);  // (made here)
  tree->kids[1] = tree;
  Ptr<LikeANode> node(new LikeANode);

  Ptr<Twin> twin(new Twin);  // (made here)
  twin->other = new Twin;    // (made here)
  twin->other->other = twin;
  twin->held = new Leaf;
}
