// ring_variant.cpp - of a variant's alternatives the advice names the one that the reference is.
// gordian: exit 23
// gordian: cycle likely objects=2 instances=1 of=Array,Object cut=Array::items
// gordian: says cut Array::items: hold std::weak_ptr<Object> in it
// gordian: says Object::v: make the shared_ptr in Object::v a std::weak_ptr<Array>
#include <memory>
#include <variant>
#include <vector>

struct Array;
struct Object;
using Value = std::variant<int, std::shared_ptr<Array>, std::shared_ptr<Object>>;

struct Array {
  std::vector<Value> items;
};
struct Object {
  Value v;
};

int main() {
  auto object = std::make_shared<Object>();
  auto array = std::make_shared<Array>();
  object->v = array;
  array->items.push_back(object);
}
