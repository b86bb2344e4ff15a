// scene_and_component.cpp - a scene owns its components by name, and each component the scene that it is part of.
// They are loaded before there is a scene to put them into.
// gordian: exit 23
// gordian: prints 3 drawn, 3 drawn
// gordian: cycle proved objects=4 instances=2 retained=1 of=Scene,MeshComponent,LightComponent members=Scene::m_components,Component::m_scene cut=Component::m_scene
// gordian: says cut Component::m_scene: make it std::weak_ptr<Scene>.
#include <cstdio>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

class Scene;

class Component {
 public:
  virtual ~Component() = default;
  virtual int draw() = 0;
  void attached_to(const std::shared_ptr<Scene>& scene) { m_scene = scene; }

 protected:
#ifdef FIXED
  std::shared_ptr<Scene> scene() const { return m_scene.lock(); }
  std::weak_ptr<Scene> m_scene;
#else
  std::shared_ptr<Scene> scene() const { return m_scene; }
  std::shared_ptr<Scene> m_scene;
#endif
};

class Scene : public std::enable_shared_from_this<Scene> {
 public:
  void attach(const std::string& name, std::shared_ptr<Component> component) {
    component->attached_to(shared_from_this());
    m_components[name] = std::move(component);
  }
  int draw() {
    int drawn = 0;
    for (const auto& [name, component] : m_components) drawn += component->draw();
    return drawn;
  }
  bool lit = true;

 private:
  std::unordered_map<std::string, std::shared_ptr<Component>> m_components;
};

struct Mesh {
  std::vector<float> vertices = std::vector<float>(300);
};

class MeshComponent : public Component {
 public:
  explicit MeshComponent(std::shared_ptr<const Mesh> mesh) : m_mesh(std::move(mesh)) {}
  int draw() override { return scene()->lit && !m_mesh->vertices.empty() ? 1 : 0; }

 private:
  std::shared_ptr<const Mesh> m_mesh;
};

class LightComponent : public Component {
 public:
  int draw() override { return scene()->lit ? m_watts / 60 : 0; }

 private:
  int m_watts = 60;
};

std::shared_ptr<Scene> load() {
  const auto mesh = std::make_shared<const Mesh>();
  auto left = std::make_shared<MeshComponent>(mesh);
  auto right = std::make_shared<MeshComponent>(mesh);
  auto light = std::make_shared<LightComponent>();
  auto scene = std::make_shared<Scene>();
  scene->attach("left", left);
  scene->attach("right", right);
  scene->attach("light", light);
  return scene;
}

int main() {
  const auto level = load(), menu = load();
  const int drawn = level->draw();
  std::printf("%d drawn, %d drawn\n", drawn, menu->draw());
}
