// closure_environment.cpp - the interpreter of a small language: a scope owns the functions that are defined in
// it, and a function owns the scope that it was defined in. Others with that scope only call it.
// gordian: exit 23
// gordian: prints 120
// gordian: cycle likely objects=3 instances=2 retained=1 of=Environment,Function cut=Function::closure_
// gordian: says cut Function::closure_: make it std::weak_ptr<Environment>.
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

class Environment;
class Function;

using Value = std::variant<std::monostate, double, std::string, std::shared_ptr<Function>>;
using Arguments = std::vector<Value>;
using Body = std::function<Value(Environment&)>;

class Environment : public std::enable_shared_from_this<Environment> {
 public:
  explicit Environment(std::shared_ptr<Environment> enclosing) : enclosing_(std::move(enclosing)) {}
  void define(const std::string& name, Value value) { values_[name] = std::move(value); }
  Value get(const std::string& name) const {
    const auto at = values_.find(name);
    if (at != values_.end()) return at->second;
    return enclosing_ ? enclosing_->get(name) : Value();
  }

 private:
  std::shared_ptr<Environment> enclosing_;
  std::unordered_map<std::string, Value> values_;
};

class Function {
 public:
  Function(std::vector<std::string> parameters, Body body, const std::shared_ptr<Environment>& closure)
      : parameters_(std::move(parameters)), body_(std::move(body)), closure_(closure) {}

  Value call(const Arguments& arguments) const {
#ifdef FIXED
    auto frame = std::make_shared<Environment>(closure_.lock());
#else
    auto frame = std::make_shared<Environment>(closure_);
#endif
    for (std::size_t i = 0; i < parameters_.size(); ++i) frame->define(parameters_[i], arguments[i]);
    return body_(*frame);
  }

 private:
  std::vector<std::string> parameters_;
  Body body_;
#ifdef FIXED
  std::weak_ptr<Environment> closure_;
#else
  std::shared_ptr<Environment> closure_;
#endif
};

struct Builtins {
  std::string version = "0.3";
};

class Interpreter {
 public:
  Interpreter() : builtins_(std::make_shared<Environment>(nullptr)) {
    builtins_->define("version", Builtins().version);
    script_ = std::make_shared<Environment>(builtins_);
    script_->define("limit", 100.0);
  }

  void load_library() {
    define("factorial", {"n"}, [](Environment& env) -> Value {
      const double n = std::get<double>(env.get("n"));
      if (n < 2) return 1.0;
      const auto self = std::get<std::shared_ptr<Function>>(env.get("factorial"));
      return n * std::get<double>(self->call({n - 1}));
    });
    define("is_big", {"n"}, [](Environment& env) -> Value {
      return std::get<double>(env.get("n")) > std::get<double>(env.get("limit")) ? 1.0 : 0.0;
    });
  }

  double run(const std::string& function, double argument) const {
    return std::get<double>(std::get<std::shared_ptr<Function>>(script_->get(function))->call({argument}));
  }

 private:
  void define(const std::string& name, std::vector<std::string> parameters, Body body) {
    script_->define(name, std::make_shared<Function>(std::move(parameters), std::move(body), script_));
  }

  std::shared_ptr<Environment> builtins_;
  std::shared_ptr<Environment> script_;
};

int main() {
  Interpreter first, second;
  first.load_library();
  second.load_library();
  std::printf("%g\n", first.run("factorial", 5));
}
