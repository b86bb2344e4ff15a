#!/usr/bin/env python3
"""inputs.py - makes what the programs of programs.txt work on: inputs.py NAME, in an empty directory.

What takes seconds to work on takes a few lines to make, so inputs are made and not kept. The same NAME makes the
same bytes each time: whatever is random comes from one seed.
"""
import io
import math
import os
import random
import struct
import subprocess
import sys
import tarfile

rng = random.Random(46881)
WORDS = """cycle owner handle weak strong count graph node edge root stack block slot table parent child member
observer session cache engine window buffer socket timer queue event scene mesh""".split()


def write(path, text):
    if os.path.dirname(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text.encode() if isinstance(text, str) else text)


def prose(count):
    return " ".join(rng.choice(WORDS) for _ in range(count)).capitalize() + "."


def picture(path, width, height):
    """A PPM with smooth parts, edges and noise."""
    pixels = bytearray()
    for y in range(height):
        for x in range(width):
            edge = 255 if (x // 40 + y // 40) % 2 else 60
            pixels += bytes(((x * 255) // width, (edge + rng.randrange(20)) % 256, (y * 255) // height))
    write(path, b"P6 %d %d 255\n" % (width, height) + bytes(pixels))


def files_to_pack():
    for i in range(6):
        write(f"data/text{i}.txt", "\n".join(prose(12) for _ in range(9000)))
    write("data/noise.bin", rng.randbytes(2_000_000))


def one_file_to_pack():
    files_to_pack()
    whole = b"".join(open(os.path.join("data", name), "rb").read() for name in sorted(os.listdir("data")))
    write("all.bin", whole * 2)


def video(width=320, height=180, frames=60):
    out = bytearray()
    noise = [rng.randrange(12) for _ in range(width * height)]
    for t in range(frames):
        for y in range(height):
            out += bytes((100 + int(60 * math.sin((x + 4 * t) / 17) + 50 * math.sin((y - 3 * t) / 23)) + noise[y * width + x])
                         % 256 for x in range(width))
        out += bytes((128 + (t + i // 40) % 60) for i in range(width * height // 2))
    write("video.yuv", bytes(out))


def scene():
    balls = "\n".join(
        f"sphere {{ <{rng.uniform(-3, 3):.3f},{rng.uniform(-1, 2):.3f},{rng.uniform(0, 6):.3f}>, {rng.uniform(.1, .5):.3f} "
        f"pigment {{ rgb <{rng.random():.2f},{rng.random():.2f},{rng.random():.2f}> }} finish {{ reflection .3 }} }}"
        for _ in range(300))
    write("scene.pov", "camera { location <0, 2, -5> look_at <0, 0, 2> }\nlight_source { <5, 5, -5> rgb 1 area_light x, y, 3, 3 }\n"
          + balls + "\nplane { y, -1 pigment { checker rgb 1, rgb .2 } }\n")


def sources(count=60):
    """C++ of classes that own each other, enough for a compiler to be busy."""
    for i in range(count):
        base = f"public C{i - 1}" if i % 7 else "public Base"
        write(f"src/c{i}.h", f"""#pragma once
#include "{'c%d.h' % (i - 1) if i % 7 else 'base.h'}"
/// Class number {i}. {prose(20)}
class C{i} : {base} {{
 public:
  /// {prose(8)}
  std::string name() const override;
  /// {prose(8)} @param values {prose(4)} @return {prose(3)}
  std::map<std::string, std::vector<int>> sort(const std::vector<std::string>& values) const;
 private:
  std::shared_ptr<Base> next_;  ///< {prose(5)}
  std::unordered_map<std::string, std::shared_ptr<C{i}>> kids_;
}};
""")
        write(f"src/c{i}.cpp", f"""#include "c{i}.h"
#include <algorithm>
std::string C{i}::name() const {{ return "C{i}"; }}
std::map<std::string, std::vector<int>> C{i}::sort(const std::vector<std::string>& values) const {{
  std::map<std::string, std::vector<int>> found;
  for (const auto& value : values) found[value.substr(0, 1)].push_back(int(value.size()) + {i});
  for (auto& [key, list] : found) std::sort(list.begin(), list.end(), std::greater<>());
  return found;
}}
""")
    write("src/heavy.cpp", "#include <regex>\n#include <future>\n#include <iostream>\n#include <variant>\n" + "".join(
        f"""std::future<int> count{i}(std::string text) {{
  return std::async([text = std::move(text)] {{
    std::variant<int, std::string, std::vector<std::shared_ptr<int>>> value = {i};
    int sum = 0;
    const std::regex word("[a-z]{{{i}}}");
    for (std::sregex_iterator at(text.begin(), text.end(), word), end; at != end; ++at) sum += int(at->length());
    std::visit([&](auto& one) {{ if constexpr (std::is_same_v<std::decay_t<decltype(one)>, int>) sum += one; }}, value);
    return sum;
  }});
}}
""" for i in range(1, 7)))
    write("src/base.h", """#pragma once
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
/// What all classes are.
class Base { public: virtual ~Base() = default; virtual std::string name() const = 0; };
""")
    write("src/main.cpp", "#include <cstdio>\n" + "".join(f'#include "c{i}.h"\n' for i in range(6)) + """
static int depth(int n) { return n <= 0 ? 0 : 1 + depth(n - 1); }
int main() {
  std::vector<std::shared_ptr<Base>> all;
""" + "".join(f"  all.push_back(std::make_shared<C{i}>());\n" for i in range(6)) + """
  for (const auto& one : all) std::printf("%s %zu\\n", one->name().c_str(), C5().sort({"a1", "b2", "a3"}).size());
  std::printf("%d\\n", depth(30));
}
""")


def project():
    sources(6)
    write("CMakeLists.txt", """cmake_minimum_required(VERSION 3.16)
project(busy CXX)
set(CMAKE_CXX_STANDARD 17)
add_executable(busy src/main.cpp src/c0.cpp src/c1.cpp src/c2.cpp src/c3.cpp src/c4.cpp src/c5.cpp)
""")


def objects():
    project()
    for name in ["main"] + [f"c{i}" for i in range(6)]:
        subprocess.run(["g++", "-std=c++17", "-g", "-c", f"src/{name}.cpp", "-o", f"{name}.o"], check=True)


def debugged():
    objects()
    subprocess.run("g++ -g *.o -o busy", shell=True, check=True)
    write("script.gdb", "set pagination off\nset confirm off\nset width 0\nset debuginfod enabled off\nbreak C5::name\n"
          "break depth if n == 0\nrun\nbacktrace 1\ninfo types C[0-9]$\ncontinue\nbacktrace -5\np $_siginfo.si_signo\n"
          "continue\ninfo line C5::sort\n")


def documented():
    sources(14)
    write("Doxyfile", "INPUT = src\nEXTRACT_ALL = YES\nGENERATE_LATEX = NO\nQUIET = YES\nHAVE_DOT = YES\nDOT_NUM_THREADS = 2\n"
          "NUM_PROC_THREADS = 2\nSOURCE_BROWSER = YES\nCALL_GRAPH = YES\nHTML_TIMESTAMP = NO\n")


def deb(path, name, depends):
    control = f"Package: {name}\nVersion: 1.{len(name)}\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\n" \
              f"{depends}Description: {prose(6)}\n {prose(30)}\n"

    def packed(files):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:xz") as tar:
            for file, text in files.items():
                info = tarfile.TarInfo(file)
                info.size = len(text)
                tar.addfile(info, io.BytesIO(text))
        return out.getvalue()

    members = {"debian-binary": b"2.0\n", "control.tar.xz": packed({"./control": control.encode()}),
               "data.tar.xz": packed({f"./usr/share/{name}/text": prose(4000).encode()})}
    archive = b"!<arch>\n"
    for file, text in members.items():
        archive += b"%-16s%-12d%-6d%-6d%-8s%-10d`\n" % (file.encode(), 0, 0, 0, b"100644", len(text))
        archive += text + b"\n" * (len(text) % 2)
    write(path, archive)


def repository():
    for i in range(120):
        depends = f"Depends: busy-{rng.randrange(i)}\n" if i else ""
        deb(f"pool/busy-{i}.deb", f"busy-{i}", depends)


def apt_root():
    repository()
    here = os.getcwd()
    packages = subprocess.run(["apt-ftparchive", "packages", "pool"], capture_output=True, check=True).stdout
    write("pool.packages", packages)
    write("repo/Packages", packages)
    os.rename("pool", "repo/pool")
    for directory in ("state/lists/partial", "cache/archives/partial", "etc/apt.conf.d", "etc/preferences.d", "etc/trusted.gpg.d"):
        os.makedirs(directory)
    write("state/status", "")
    write("etc/sources.list", f"deb [trusted=yes] file:{here}/repo ./\n")
    write("apt.conf", f'Dir "{here}"; Dir::State "{here}/state"; Dir::State::status "{here}/state/status"; Dir::Cache "{here}/cache"; '
          f'Dir::Etc "{here}/etc"; APT::Sandbox::User "root"; Dir::Log "{here}"; APT::Get::List-Cleanup "0";\n')


def document():
    write("document.ms", "\n".join([".TL", "Busy", ".AU", "Nobody"] + [
        f".NH\n{prose(4)}\n.PP\n{prose(300)}\n.TS\nbox;\nl n.\n" + "\n".join(f"{rng.choice(WORDS)}\t{rng.random():.3f}" for _ in range(20))
        + "\n.TE\n.EQ\nsum from i=0 to inf { x sup i over { i ! } }\n.EN\n.PS\nbox \"a\"; arrow; circle \"b\"\n.PE\n" for _ in range(700)]) + "\n")


def tune():
    write("tune.ly", '\\version "2.24.0"\n\\score { << \\new Staff { ' + " ".join(rng.choice("cdefgab") + "'" + rng.choice("48") for _ in range(240))
          + ' } >> \\layout {} }\n')


def musicxml():
    notes = "".join(f'<measure number="{m}">' + ("<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
                    "<clef><sign>G</sign><line>2</line></clef></attributes>" if m == 1 else "")
                    + "".join(f"<note><pitch><step>{rng.choice('CDEFGAB')}</step><octave>{rng.randrange(4, 6)}</octave></pitch>"
                              "<duration>1</duration><type>quarter</type></note>" for _ in range(4)) + "</measure>" for m in range(1, 200))
    write("tune.musicxml", '<?xml version="1.0"?><score-partwise version="3.1"><part-list><score-part id="P1"><part-name>x</part-name>'
          f'</score-part></part-list><part id="P1">{notes}</part></score-partwise>')


def queens():
    write("queens.mzn", """int: n = 10; array[1..n] of var 1..n: q;
predicate d(array[int] of var int: x) = forall(i,j in index_set(x) where i<j)(x[i] != x[j]);
constraint d(q) /\\ d([q[i]+i | i in 1..n]) /\\ d([q[i]-i | i in 1..n]);
solve satisfy; output ["\\(q)\\n"];
""")


def website():
    files_to_pack()
    os.rename("data", "www")
    write("urls", "".join(f"http://127.0.0.1:17001/{name}\n" for name in sorted(os.listdir("www"))))
    for name in ("text0.txt", "noise.bin"):
        write(f"urls.{name}", f"http://127.0.0.1:17001/{name}\n")


def statements():
    lines = ["create database busy; use busy;", "create table t (a int primary key, b varchar(80), c int, key (c)) engine=innodb;",
             "create table m (a int primary key, b text) engine=aria;"]
    for i in range(0, 20000, 500):
        lines.append("insert into t values " + ",".join(f"({k},'{prose(4)}',{rng.randrange(500)})" for k in range(i, i + 500)) + ";")
    lines.append("insert into m select a, concat(b, b) from t;")
    lines += ["create procedure p(n int) begin declare i int default 0; while i < n do update t set c=c+1 where a=i; set i=i+1; end while; end"]
    queries = ["call p(2000);", "select count(*), sum(c) from t join m using (a);", "select c, count(*) from t group by c order by 2 desc, 1 limit 9;",
               "select json_arrayagg(x.a) from (select a from t where b like '%owner%' order by a limit 9) x;",
               "with recursive r as (select 1 n union all select n+1 from r where n < 900) select sum(n) from r;",
               "select length(group_concat(b order by a)) from m;", "xa start 'x'; update t set c=0 where a<9; xa end 'x'; xa rollback 'x';"]
    write("load.sql", "\n".join(lines[:-1]) + "\ndelimiter //\n" + lines[-1] + "//\ndelimiter ;\n" + "\n".join(queries) + "\n")
    subprocess.run("mariadb-install-db --no-defaults --user=root --datadir=$PWD/data --skip-test-db --auth-root-authentication-method=normal",
                   shell=True, check=True, capture_output=True)


def proxied(proxy=17003, server=17004):
    website()
    write("squid.conf", f"http_port 127.0.0.1:{proxy}\nhttp_access allow all\npid_filename none\naccess_log none\ncache_log /dev/null\n"
          "cache_store_log none\nnetdb_filename none\nshutdown_lifetime 0 seconds\ncache_mem 32 MB\nmaximum_object_size_in_memory 16 MB\n")
    write("fetch.sh", "for round in 1 2 3; do for file in www/*; do\n"
          f"curl -s -x http://127.0.0.1:{proxy} http://127.0.0.1:{server}/${{file#www/}} | cmp - $file && echo same; done; done\n")


def zone():
    write("zone", "$ORIGIN busy.example.\n@ 3600 IN SOA ns hostmaster 1 2 3 4 5\n@ 3600 IN NS ns\n"
          + "".join(f"h{i} 3600 IN A 192.0.2.{i % 250}\n" for i in range(3000)))
    write("ask.py", """import socket, struct, sys
asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asking.settimeout(20)
for i in range(int(sys.argv[1])):
    name = b"".join(bytes([len(part)]) + part.encode() for part in (f"h{i}", "busy", "example")) + b"\\0"
    asking.sendto(struct.pack(">HHHHHH", i, 256, 1, 0, 0, 0) + name + struct.pack(">HH", 1, 1), ("127.0.0.1", 17005))
    print(*asking.recv(512)[-4:])
""")


def downloads():
    write("profile/qBittorrent/config/qBittorrent.conf", "[LegalNotice]\nAccepted=true\n[Preferences]\nWebUI\\LocalHostAuth=false\nWebUI\\Port=17006\n"
          "WebUI\\Address=127.0.0.1\n[BitTorrent]\nSession\\DHTEnabled=false\nSession\\LSDEnabled=false\nSession\\Interface=lo\nSession\\InterfaceName=lo\n")
    write("talk.sh", """api=http://127.0.0.1:17006/api/v2
for i in 1 2 3 4 5 6 7 8; do
  curl -s -d "urls=magnet:?xt=urn:btih:000000000000000000000000000000000000000$i&dn=t$i" $api/torrents/add
  curl -s -d "category=c$i" $api/torrents/createCategory
done
curl -s $api/torrents/categories
curl -s -d "hashes=all&deleteFiles=true" $api/torrents/delete
""")


def monitored():
    os.makedirs("state")
    hosts = "".join(f'object Host "h{i}" {{ check_command = "dummy"; address = "192.0.2.1"; vars.os = "{rng.choice(WORDS)}"; check_interval = 1h }}\n'
                    for i in range(400))
    write("icinga2.conf", """const PluginDir = "/usr/lib/nagios/plugins"
const NodeName = "busy"
const ZoneName = "busy"
include <itl>
object Endpoint NodeName { }
object Zone ZoneName { endpoints = [ NodeName ] }
object CheckerComponent "checker" { }
apply Service "s-" for (n in range(6)) { check_command = "dummy"; check_interval = 1h; assign where host.address }
apply Dependency "d" to Service { parent_host_name = host.name; states = [ Up ]; assign where host.vars.os == "owner" }
object User "u" { }
""" + hosts)


def streets():
    subprocess.run(["netgenerate", "--grid", "--grid.number", "10", "--seed", "1", "-o", "net.xml"], check=True, capture_output=True)
    edges = [line.split('"')[1] for line in open("net.xml", encoding="utf-8") if "<edge id=" in line and "function" not in line]
    trips = "".join(f'<trip id="t{i}" depart="{i / 4:.2f}" from="{rng.choice(edges)}" to="{rng.choice(edges)}"/>\n' for i in range(1500))
    write("trips.xml", f"<routes>\n{trips}</routes>\n")


def genome():
    letters = "".join(rng.choice("ACGT") for _ in range(400_000))
    write("genome.fa", ">g\n" + "\n".join(letters[i:i + 80] for i in range(0, len(letters), 80)) + "\n")
    reads = []
    for i in range(12000):
        at = rng.randrange(len(letters) - 100)
        read = [c if rng.random() > .02 else rng.choice("ACGT") for c in letters[at:at + 100]]
        reads.append(f"@r{i}\n{''.join(read)}\n+\n{'I' * 100}\n")
    write("reads.fq", "".join(reads))


def indexed_genome():
    genome()
    subprocess.run(["bowtie2-build-s", "-q", "genome.fa", "genome"], check=True)


def heights(size=600):
    rows = []
    for y in range(size):
        rows.append(" ".join(f"{100 + 50 * math.sin(x / 40) + 40 * math.cos(y / 31) + rng.random():.2f}" for x in range(size)))
    write("heights.asc", f"ncols {size}\nnrows {size}\nxllcorner 9\nyllcorner 47\ncellsize 0.001\n" + "\n".join(rows) + "\n")


def page():
    write("page.ms", ".TL\nBusy\n.PP\n" + prose(350) + "\n")
    postscript = subprocess.run(["groff", "-ms", "-Tps", "page.ms"], check=True, capture_output=True).stdout
    subprocess.run(["gs", "-q", "-sDEVICE=pnggray", "-r150", "-dLastPage=1", "-o", "page.png", "-"], check=True, input=postscript)


def verilog(stages=24):
    modules = ["module add(input [31:0] a, b, output [31:0] y); assign y = a * b + (a ^ b); endmodule"]
    body = "\n".join(f"wire [31:0] w{i}; reg [31:0] r{i}; add a{i}({'r%d' % (i - 1) if i else 'a'}, b, w{i});\n"
                     f"always @(posedge clk) r{i} <= w{i} + {i};" for i in range(stages))
    modules.append(f"module top(input clk, input [31:0] a, b, output [31:0] y);\n{body}\nassign y = r{stages - 1};\nendmodule")
    write("top.v", "\n".join(modules) + "\n")
    write("bench.v", """module bench; reg clk = 0; reg [31:0] a = 1, b = 3; wire [31:0] y; top t(clk, a, b, y); integer i;
initial begin for (i = 0; i < 20000; i = i + 1) begin clk = 0; #1 clk = 1; a = a + i; #1; end $display("%h", y); $finish; end endmodule
""")


def long_verilog():
    verilog(600)


def solid():
    write("solid.scad", "$fn=20;\nfor (i=[0:2]) translate([i*12,0,0]) difference() { sphere(r=5); for (j=[0:2]) rotate([j*60,j*30,0]) "
          "cylinder(r=1,h=20,center=true); }\nminkowski() { cube(3); sphere(1); }\n")


def formulas():
    lines = []
    n = 20
    for i in range(n):
        lines += [f"(declare-const x{i} Int)", f"(assert (and (>= x{i} 0) (< x{i} 60)))"]
    for i in range(n):
        for j in range(i):
            if rng.random() < .5:
                lines.append(f"(assert (or (< x{i} (- x{j} {1 + rng.randrange(4)})) (> x{i} (+ x{j} {1 + rng.randrange(4)}))))")
    lines += ["(declare-fun f (Int) Int)", f"(assert (= (f x0) (* 2 x{n - 1})))", "(check-sat)", "(get-value (x0 x1 x2))"]
    lines += ["(push)", "(declare-const b (_ BitVec 24))", "(declare-const c (_ BitVec 24))",
              "(assert (= (bvmul b c) #xdead71))", "(assert (bvugt b #x000002))", "(assert (bvugt c #x000002))", "(check-sat)", "(pop)"]
    write("formulas.smt2", "\n".join(lines) + "\n")


def mesh():
    write("solid.geo", "SetFactory(\"OpenCASCADE\");\nBox(1) = {0,0,0,1,1,1}; Sphere(2) = {1,1,1,0.4};\n"
          "BooleanDifference(3) = { Volume{1}; Delete; }{ Volume{2}; Delete; };\nMesh.MeshSizeMax = 0.07;\n")


def facets():
    def point(i, j, n=60):
        a, b = 2 * math.pi * i / n, 2 * math.pi * j / n
        return ((20 + 8 * math.cos(b)) * math.cos(a), (20 + 8 * math.cos(b)) * math.sin(a), 8 * math.sin(b) + 8)
    out = ["solid torus"]
    for i in range(60):
        for j in range(60):
            p = [point(i, j), point(i + 1, j), point(i + 1, j + 1), point(i, j + 1)]
            for t in ((0, 1, 2), (0, 2, 3)):
                out.append("facet normal 0 0 0\nouter loop\n" + "\n".join("vertex %.5f %.5f %.5f" % p[k] for k in t) + "\nendloop\nendfacet")
    write("torus.stl", "\n".join(out) + "\nendsolid\n")


def journal():
    lines = []
    for i in range(20000):
        lines.append(f"2024/{1 + i % 12:02}/{1 + i % 28:02} {prose(3)}\n    Expenses:{rng.choice(WORDS)}:{rng.choice(WORDS)}   "
                     f"{rng.uniform(1, 90):.2f} EUR\n    Assets:Bank\n")
    write("ledger.dat", "\n".join(lines) + "\n= /Expenses/\n    (Budget:All)   -1\n")


def map_data():
    out = ['<?xml version="1.0"?>\n<osm version="0.6">']
    out += [f'<node id="{i}" version="1" lat="{rng.uniform(47, 48):.5f}" lon="{rng.uniform(9, 10):.5f}"/>' for i in range(1, 300000)]
    for i in range(1, 30000):
        refs = "".join(f'<nd ref="{rng.randrange(1, 300000)}"/>' for _ in range(10))
        out.append(f'<way id="{i}" version="1">{refs}<tag k="highway" v="{rng.choice(WORDS)}"/></way>')
    write("map.osm", "\n".join(out) + "\n</osm>\n")


def table_document():
    rows = "".join(f"<tr><td>{prose(5)}</td><td>{rng.uniform(1, 99):.2f}</td></tr>" for _ in range(300))
    write("document.html", f"<html><head><title>x</title></head><body><h1>Busy</h1><p>{prose(600)}</p><table border=1>{rows}</table>"
          + "".join(f"<h2>{prose(3)}</h2><ul>" + f"<li>{prose(20)}</li>" * 6 + "</ul>" for _ in range(60)) + "</body></html>")


def drawing():
    shapes = "".join(f'<path d="M {rng.randrange(400)} {rng.randrange(300)} C {rng.randrange(400)} {rng.randrange(300)} {rng.randrange(400)} '
                     f'{rng.randrange(300)} {rng.randrange(400)} {rng.randrange(300)}" fill="rgb({rng.randrange(256)},0,90)" filter="url(#f)"/>'
                     for _ in range(150))
    write("drawing.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><defs><filter id="f"><feGaussianBlur '
          f'stdDeviation="2"/></filter></defs>{shapes}<text x="20" y="60">Busy</text></svg>')


def picture_to_edit():
    picture("picture.ppm", 700, 500)


def tiff():
    width, height = 900, 600
    pixels = b"".join(bytes(((x * 255) // width, (y * 255) // height, (x * y) % 256)) for y in range(height) for x in range(width))
    entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 2), (273, 4, 8), (277, 3, 3), (278, 4, height), (279, 4, len(pixels))]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", t, k, 1, v) for t, k, v in entries) + struct.pack("<I", 0)
    write("picture.tif", b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels + directory)


def argon():
    side = 10
    atoms = [(x, y, z) for x in range(side) for y in range(side) for z in range(side)]
    lines = ["argon", str(len(atoms))]
    for i, (x, y, z) in enumerate(atoms, 1):
        lines.append("%5d%-5s%5s%5d%8.3f%8.3f%8.3f" % (i, "AR", "AR", i, x * .38 + .1, y * .38 + .1, z * .38 + .1))
    write("argon.gro", "\n".join(lines + ["%10.5f%10.5f%10.5f" % (3.8, 3.8, 3.8)]) + "\n")
    write("argon.top", "[ defaults ]\n1 1 no 1 1\n[ atomtypes ]\nAR AR 39.95 0 A 6.2e-3 9.7e-6\n[ moleculetype ]\nAR 1\n[ atoms ]\n1 AR 1 AR AR 1 0\n"
          f"[ system ]\nargon\n[ molecules ]\nAR {len(atoms)}\n")
    write("argon.mdp", "integrator=md\ndt=0.002\nnsteps=4000\nnstlog=0\nnstenergy=1000\nnstxout-compressed=1000\ntcoupl=no\ngen-vel=yes\n"
          "gen-temp=90\ngen-seed=1\ncutoff-scheme=Verlet\nrvdw=1.0\nrcoulomb=1.0\n")
    subprocess.run("gmx grompp -f argon.mdp -c argon.gro -p argon.top -o argon.tpr", shell=True, check=True, capture_output=True)


def mail():
    for i in range(400):
        write(f"docs/{i % 20}/doc{i}.txt", f"{prose(4)}\n\n{prose(700)}\n")
        write(f"docs/{i % 20}/doc{i}.html", f"<html><title>{prose(3)}</title><body>{prose(200)}</body></html>")
    write("recoll/recoll.conf", f"topdirs = {os.getcwd()}/docs\nthrQSizes = 2 2 2\nthrTCounts = 2 2 1\nloglevel = 1\n")


def duplicates():
    for i in range(600):
        write(f"files/{i % 17}/f{i}.bin", random.Random(i % 90).randbytes(20_000))


def subtitles():
    write("words.srt", "".join(f"{i}\n00:{i // 60 % 60:02}:{i % 60:02},000 --> 00:{i // 60 % 60:02}:{i % 60:02},900\n{prose(8)}\n\n" for i in range(1, 3000)))
    with open("tone.wav", "wb") as wav:
        samples = b"".join(struct.pack("<h", int(9000 * math.sin(i / 9))) for i in range(2_000_000))
        wav.write(b"RIFF" + struct.pack("<I", 36 + len(samples)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 44100, 88200, 2, 16)
                  + b"data" + struct.pack("<I", len(samples)) + samples)


def java():
    for i in range(40):
        write(f"src/C{i}.java", f"import java.util.*; import java.util.stream.*;\npublic class C{i} {{ final Map<String, List<Integer>> m = new TreeMap<>();\n"
              + "".join(f"  int f{k}(int n) {{ return IntStream.range(0, n).mapToObj(x -> x * {k}).collect(Collectors.toList()).size(); }}\n" for k in range(20))
              + "}\n")


def words():
    write("words", prose(4000) + "\n")


MAKERS = {
    "pbzip2": one_file_to_pack, "plzip": one_file_to_pack, "sevenzip": files_to_pack, "x265": video, "ffmpeg": video, "povray": scene,
    "gxx": sources, "clang": sources, "clang_tidy": sources, "cppcheck": sources, "ccache": sources, "cmake": project, "mold": objects,
    "lld": objects, "gdb": debugged, "doxygen": documented, "ftparchive": repository, "apt_get": apt_root, "groff": document, "lilypond": tune,
    "musescore": musicxml, "minizinc": queens, "aria2c": website, "squid": proxied, "squid_workers": lambda: proxied(17007, 17008), "lftp": website, "mariadbd": statements,
    "pdns": zone, "qbittorrent": downloads, "icinga2": monitored, "icinga2_check": monitored, "sumo": streets, "bowtie2": indexed_genome, 
    "gdalwarp": heights, "tesseract": page, "verilator": long_verilog, "iverilog": long_verilog, "yosys": verilog, "openscad": solid,
    "z3": formulas, "gmsh": mesh, "prusa": facets, "ledger": journal, "osmium": map_data, "writer": table_document, 
    "wkhtmltoimage": table_document, "inkscape": drawing, "oiiotool": picture_to_edit,
    "rawtherapee": tiff, "gromacs": argon, "recoll": mail, "rdfind": duplicates, "mkvmerge": subtitles, "javac": java, "fish": words,
}

if __name__ == "__main__":
    if sys.argv[1] in MAKERS:
        MAKERS[sys.argv[1]]()
