from gnuradio import gr, blocks, analog
tb=gr.top_block(); src=analog.sig_source_f(32000,analog.GR_COS_WAVE,350,0.1)
h=blocks.head(gr.sizeof_float,5000); snk=blocks.vector_sink_f(); m=blocks.multiply_const_ff(2.0)
tb.connect(src,h,m,snk); tb.run(); print(len(snk.data()), round(sum(snk.data()),4))
