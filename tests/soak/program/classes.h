// classes.h - the classes of classes.inc, how a node of each is made, filled and taken apart.
#pragma once

#include <cstdlib>
#include <type_traits>

#include "parts.h"

namespace soak {

enum Family { standard, boost_family, intrusive_family, announced_family, named_family };
enum Layout { made, polymorphic, by_new, allocated, with_deleter, array_of, from_this, virtual_base, second_base };

// An allocator and a deleter that are no library's own.
template <class T>
struct OwnAllocator {
  using value_type = T;
  OwnAllocator() = default;
  template <class U>
  OwnAllocator(const OwnAllocator<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(std::malloc(n * sizeof(T))); }
  void deallocate(T* at, std::size_t) { std::free(at); }
  friend bool operator==(const OwnAllocator&, const OwnAllocator&) { return true; }
  friend bool operator!=(const OwnAllocator&, const OwnAllocator&) { return false; }
};
struct OwnDeleter {
  template <class T>
  void operator()(T* object) const {
    delete object;
  }
};

// What a class of that layout has before its members.
template <class, Layout>
struct Front : Solid {};
template <class C>
struct Front<C, polymorphic> : Shape, Solid {};
template <class C>
struct Front<C, from_this> : Solid, std::enable_shared_from_this<C> {};
template <class C>
struct Front<C, virtual_base> : virtual Solid {};
struct Measures {
  double width = 1;
  double height = 2;
};
template <class C>
struct Front<C, second_base> : Measures, Shape, Solid {};

template <Family family, class C, Layout layout>
using FrontOf = std::conditional_t<
    family == intrusive_family, Intrusive,
    std::conditional_t<family == announced_family, Announced,
                       std::conditional_t<family == named_family, Named, Front<C, layout>>>>;

// All members of a class, and the weak ones that stand for strong ones that were cut.
template <int Number, int... Kinds>
struct Parts : Part<Number, Kinds>... {
  std::vector<std::weak_ptr<Solid>> cut;

  void put(int kind, const Made& to) {
    ((kind == Kinds ? static_cast<Part<Number, Kinds>&>(*this).put(to) : void()), ...);
  }
  // Lets go of everything. The node may be destroyed by that.
  void clear() { [[maybe_unused]] const std::tuple<Part<Number, Kinds>...> gone(
      std::move(static_cast<Part<Number, Kinds>&>(*this))...); }
};

#define CLASS(number, family, layout, ...) \
  template <> struct Class<number>;
#include "../classes.inc"
#undef CLASS

// A list of kinds of the table becomes one of numbers.
namespace kinds {
enum {
#define KIND(name, family, room, effect) name,
#include "../kinds.inc"
#undef KIND
};
}  // namespace kinds

namespace family_names {
inline constexpr Family standard = soak::standard, boost = boost_family, intrusive = intrusive_family,
                        announced = announced_family, named = named_family;
}
template <int Number, Family Of, Layout How, int... Kinds>
struct Node : FrontOf<Of, Class<Number>, How>, Parts<Number, Kinds...> {
  static constexpr Family kFamily = Of;
  static constexpr Layout kLayout = How;
};

// Within a class of `kinds` the names of the tables are the kinds'.
#define CLASS(class_number, family, layout, ...)                                                 \
  namespace node_##class_number {                                                                \
  inline constexpr Family kFamily = family_names::family;                                        \
  inline constexpr Layout kLayout = Layout::layout;                                              \
  using namespace kinds;                                                                         \
  template <template <int, Family, Layout, int...> class Of>                                     \
  using As = Of<class_number, kFamily, kLayout, __VA_ARGS__>;                                     \
  }                                                                                              \
  template <>                                                                                    \
  struct Class<class_number> : node_##class_number::As<Node> {};
#include "../classes.inc"
#undef CLASS

template <class C>
Made make_node(int number) {
  Made result;
  if constexpr (C::kFamily == boost_family) {
    if constexpr (C::kLayout == made) {
      const boost::shared_ptr<C> node = boost::make_shared<C>();
      result.object = node.get();
      result.boosted = node;
    } else {
      const boost::shared_ptr<C> node(new C);
      result.object = node.get();
      result.boosted = node;
    }
    result.boosted->number = number;
  } else if constexpr (C::kFamily != standard) {
    auto* const node = new C;
    node->number = number;
    result.object = node;
    if constexpr (C::kFamily == intrusive_family) result.intrusive = IntrusiveHandle(node);
    if constexpr (C::kFamily == announced_family) result.announced = AnnouncedRef(node);
    if constexpr (C::kFamily == named_family) result.named = NamedRef(node);
  } else {
    std::shared_ptr<C> node;
    if constexpr (C::kLayout == by_new) {
      node.reset(new C);
    } else if constexpr (C::kLayout == allocated) {
      node = std::allocate_shared<C>(OwnAllocator<C>());
    } else if constexpr (C::kLayout == with_deleter) {
      node.reset(new C, OwnDeleter());
    } else if constexpr (C::kLayout == array_of) {
      const std::shared_ptr<C[]> nodes(new C[2]);
      nodes[1].number = kMostNodes;  // the one behind the node is none of the graph's
      node = std::shared_ptr<C>(nodes, nodes.get());
    } else {
      node = std::make_shared<C>();
    }
    result.object = node.get();
    result.standard = node;
    result.standard->number = number;
  }
  return result;
}

// What can be done with a node whose class is known by number.
struct Operations {
  Made (*make)(int number);
  void (*put)(void* node, int kind, const Made& to);
  void (*weaken)(void* node, const Made& to);
  void (*clear)(void* node);
};
template <class C>
constexpr Operations kOperationsOf = {
    make_node<C>,
    [](void* node, int kind, const Made& to) { static_cast<C*>(node)->put(kind, to); },
    [](void* node, const Made& to) { static_cast<C*>(node)->cut.push_back(to.standard); },
    [](void* node) { static_cast<C*>(node)->clear(); },
};
inline constexpr Operations kClasses[] = {
#define CLASS(number, family, layout, ...) kOperationsOf<Class<number>>,
#include "../classes.inc"
#undef CLASS
};

}  // namespace soak
