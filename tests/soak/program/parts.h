// parts.h - one class template a kind of member: Part<number of the node's class, kind> has that member alone.
//
// put() makes the member lead to one node more. A part can be moved, and then leads nowhere: so a node is taken apart.
#pragma once

#include <any>
#include <array>
#include <deque>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "families.h"

namespace soak {

enum Kind {
#define KIND(name, family, room, effect) kind_##name,
#include "../kinds.inc"
#undef KIND
};

template <int Number>
struct Class;
// What Class<Number>::typed points at.
template <int Number>
using NextClass = Class<(Number + 1) % 10>;

template <int Number, int Of>
struct Part;

#define PART(kind, ...)               \
  template <int Number>               \
  struct Part<Number, kind_##kind> {  \
    __VA_ARGS__                       \
  };

PART(shared, Handle shared; void put(const Made& to) { shared = to.standard; })
PART(typed, std::shared_ptr<NextClass<Number>> typed; void put(const Made& to) {
  typed = std::shared_ptr<NextClass<Number>>(to.standard, static_cast<NextClass<Number>*>(to.object));
})
PART(opaque, std::shared_ptr<void> opaque; void put(const Made& to) { opaque = to.standard; })
PART(alias, std::shared_ptr<int> alias; void put(const Made& to) {
  alias = std::shared_ptr<int>(to.standard, &to.standard->number);
})
PART(vector, std::vector<Handle> vector; void put(const Made& to) { vector.push_back(to.standard); })
PART(list, std::list<Handle> list; void put(const Made& to) { list.push_back(to.standard); })
PART(deque, std::deque<Handle> deque; void put(const Made& to) { deque.push_back(to.standard); })
PART(map, std::map<int, Handle> map; void put(const Made& to) {
  map.emplace(static_cast<int>(map.size()), to.standard);
})
PART(unordered_map, std::unordered_map<std::string, Handle> unordered_map; void put(const Made& to) {
  unordered_map.emplace(std::to_string(unordered_map.size()), to.standard);
})
struct ByNumber {
  bool operator()(const Handle& a, const Handle& b) const { return a->number < b->number; }
};
PART(set, std::multiset<Handle, ByNumber> set; void put(const Made& to) { set.insert(to.standard); })
PART(array, std::array<Handle, 3> array; void put(const Made& to) {
  for (Handle& place : array) {
    if (!place) return void(place = to.standard);
  }
})
PART(c_array, Handle c_array[2]; void put(const Made& to) { c_array[c_array[0] ? 1 : 0] = to.standard; })
PART(tuple, std::tuple<int, Handle, double> tuple; void put(const Made& to) { std::get<1>(tuple) = to.standard; })
PART(optional, std::optional<Handle> optional; void put(const Made& to) { optional = to.standard; })
PART(variant, std::variant<std::monostate, double, Handle> variant; void put(const Made& to) {
  variant = to.standard;
})
PART(any, std::any any; void put(const Made& to) { any = to.standard; })
PART(function, std::function<int()> function; void put(const Made& to) {
  function = [target = to.standard] { return target->number; };
})
PART(callback, std::function<int()> callback; void put(const Made& to) {
  std::array<long, 4> settings{1, 2, 3, 4};
  callback = [settings, target = to.standard] { return target->number + static_cast<int>(settings[0]); };
})
PART(unique, struct Inner { std::vector<Handle> unique_held; };
std::unique_ptr<Inner> unique; void put(const Made& to) {
  if (!unique) unique = std::make_unique<Inner>();
  unique->unique_held.push_back(to.standard);
})
template <int Number>
struct Part<Number, kind_owning_raw> {
  struct Inner {
    long weight = 1;
    Handle raw_held;
  };
  Inner* owning_raw = nullptr;
  Part() = default;
  Part(Part&& other) noexcept : owning_raw(std::exchange(other.owning_raw, nullptr)) {}
  ~Part() { delete owning_raw; }
  void put(const Made& to) {
    if (owning_raw == nullptr) owning_raw = new Inner;
    owning_raw->raw_held = to.standard;
  }
};
template <int Number>
struct Part<Number, kind_owning_list> {
  struct Inner {
    std::list<Handle> list_held;  // its last node leads back here
  };
  Inner* owning_list = nullptr;
  Part() = default;
  Part(Part&& other) noexcept : owning_list(std::exchange(other.owning_list, nullptr)) {}
  ~Part() { delete owning_list; }
  void put(const Made& to) {
    if (owning_list == nullptr) owning_list = new Inner;
    owning_list->list_held.push_back(to.standard);
  }
};
template <int Number>
struct Part<Number, kind_remembered> {
  struct Inner {
    Handle* newest = nullptr;  // in the list's last node
    std::list<Handle> remembered_held;
    long more = 1;
  };
  std::unique_ptr<Inner> remembered;
  void put(const Made& to) {
    if (!remembered) remembered = std::make_unique<Inner>();
    remembered->newest = &remembered->remembered_held.emplace_back(to.standard);
  }
};
template <int Number>
struct Part<Number, kind_records> {
  struct Record {
    std::string name;
    int weight;
    Handle recorded;
  };
  std::vector<Record> records;
  void put(const Made& to) { records.push_back({"a name that is longer than sixteen bytes", 7, to.standard}); }
};
PART(nested, std::map<int, std::vector<std::pair<int, Handle>>> nested; void put(const Made& to) {
  nested[to.standard->number % 2].emplace_back(1, to.standard);
})
PART(future, std::shared_future<Handle> future; void put(const Made& to) {
  std::promise<Handle> promise;
  future = promise.get_future().share();
  promise.set_value(to.standard);
})

PART(boosted, BoostHandle boosted; void put(const Made& to) { boosted = to.boosted; })
PART(boosted_vector, std::vector<BoostHandle> boosted_vector; void put(const Made& to) {
  boosted_vector.push_back(to.boosted);
})
PART(intrusive, IntrusiveHandle intrusive; void put(const Made& to) { intrusive = to.intrusive; })
PART(intrusive_vector, std::vector<IntrusiveHandle> intrusive_vector; void put(const Made& to) {
  intrusive_vector.push_back(to.intrusive);
})
PART(announced, AnnouncedRef announced; void put(const Made& to) { announced = to.announced; })
PART(announced_map, std::map<int, AnnouncedRef> announced_map; void put(const Made& to) {
  announced_map.emplace(static_cast<int>(announced_map.size()), to.announced);
})
PART(named, NamedRef named; void put(const Made& to) { named = to.named; })
PART(named_list, std::list<NamedRef> named_list; void put(const Made& to) { named_list.push_back(to.named); })

PART(weak, std::weak_ptr<Solid> weak; void put(const Made& to) { weak = to.standard; })
PART(weak_vector, std::vector<std::weak_ptr<Solid>> weak_vector; void put(const Made& to) {
  weak_vector.push_back(to.standard);
})
PART(weak_function, std::function<bool()> weak_function; void put(const Made& to) {
  weak_function = [observed = std::weak_ptr<Solid>(to.standard)] { return observed.expired(); };
})
PART(weak_boosted, boost::weak_ptr<Solid> weak_boosted; void put(const Made& to) { weak_boosted = to.boosted; })
PART(raw, Solid* raw = nullptr; void put(const Made& to) { raw = to.standard.get(); })
PART(raw_vector, std::vector<Solid*> raw_vector; void put(const Made& to) { raw_vector.push_back(to.standard.get()); })
PART(raw_announced, Announced* raw_announced = nullptr; void put(const Made& to) {
  raw_announced = to.announced.get();
})
#undef PART

}  // namespace soak
