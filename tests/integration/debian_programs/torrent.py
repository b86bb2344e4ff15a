import libtorrent as lt, time, os, sys
os.makedirs("seed", exist_ok=True); os.makedirs("leech", exist_ok=True)
open("seed/f.bin","wb").write(bytes(range(256))*400)
fs=lt.file_storage(); lt.add_files(fs,"seed/f.bin"); t=lt.create_torrent(fs,16384); lt.set_piece_hashes(t,"seed")
ti=lt.torrent_info(lt.bencode(t.generate()))
s={'listen_interfaces':'127.0.0.1:%d','enable_dht':False,'enable_lsd':False,'enable_upnp':False,'enable_natpmp':False,'allow_multiple_connections_per_ip':True}
def ses(p): d=dict(s); d['listen_interfaces']='127.0.0.1:%d'%p; return lt.session(d)
a=ses(46881); b=ses(46882)
ha=a.add_torrent({'ti':ti,'save_path':'seed','flags':lt.torrent_flags.seed_mode})
hb=b.add_torrent({'ti':ti,'save_path':'leech'})
hb.connect_peer(('127.0.0.1',46881))
for i in range(300):
    if hb.status().is_seeding: break
    time.sleep(0.1)
print("done", hb.status().is_seeding, open("leech/f.bin","rb").read()==open("seed/f.bin","rb").read())
del ha,hb,a,b
