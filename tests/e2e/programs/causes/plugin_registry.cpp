// plugin_registry.cpp - a registry owns its plugins, and each plugin the registry, in what it was started with.
// gordian: exit 23
// gordian: prints spelling: 2 commands, export: 1 command
// gordian: cycle proved objects=3 instances=1 retained=1 of=PluginRegistry,SpellingPlugin,ExportPlugin cut=Plugin::ctx_
// gordian: path Plugin::ctx_.registry
// gordian: says cut Plugin::ctx_: make Plugin::ctx_.registry std::weak_ptr<PluginRegistry>.
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

class PluginRegistry;

struct Settings {
  std::map<std::string, std::string> values;
};

struct PluginContext {
#ifdef FIXED
  std::weak_ptr<PluginRegistry> registry;
#else
  std::shared_ptr<PluginRegistry> registry;
#endif
  std::shared_ptr<const Settings> settings;
};

class Plugin {
 public:
  virtual ~Plugin() = default;
  virtual const char* name() const = 0;
  virtual void start(PluginContext ctx) { ctx_ = std::move(ctx); }

 protected:
  PluginContext ctx_;
};

class PluginRegistry : public std::enable_shared_from_this<PluginRegistry> {
 public:
  explicit PluginRegistry(std::shared_ptr<const Settings> settings) : settings_(std::move(settings)) {}
  template <typename P>
  P& load() {
    auto plugin = std::make_shared<P>();
    plugins_.push_back(plugin);
    plugin->start({shared_from_this(), settings_});
    last_ = plugin.get();
    return *plugin;
  }
  void add_command(const std::string& plugin, const std::string& command) { commands_[plugin].push_back(command); }
  std::size_t commands_of(const std::string& plugin) const { return commands_.at(plugin).size(); }

 private:
  std::shared_ptr<const Settings> settings_;
  std::vector<std::shared_ptr<Plugin>> plugins_;
  std::map<std::string, std::vector<std::string>> commands_;
  Plugin* last_ = nullptr;
};

class SpellingPlugin : public Plugin {
 public:
  const char* name() const override { return "spelling"; }
  void start(PluginContext ctx) override {
    for (const char* command : {"check", "ignore"}) {
#ifdef FIXED
      ctx.registry.lock()->add_command(name(), command);
#else
      ctx.registry->add_command(name(), command);
#endif
    }
    Plugin::start(std::move(ctx));
  }
};

class ExportPlugin : public Plugin {
 public:
  const char* name() const override { return "export"; }
  void start(PluginContext ctx) override {
#ifdef FIXED
    ctx.registry.lock()->add_command(name(), "pdf");
#else
    ctx.registry->add_command(name(), "pdf");
#endif
    Plugin::start(std::move(ctx));
  }
};

int main() {
  auto registry = std::make_shared<PluginRegistry>(std::make_shared<const Settings>());
  registry->load<SpellingPlugin>();
  registry->load<ExportPlugin>();
  std::printf("spelling: %zu commands, export: %zu command\n", registry->commands_of("spelling"),
              registry->commands_of("export"));
}
