#!/usr/bin/env bash
# Starts the program as ./outpaint and the Docker image do: start.sh PROGRAM ARGUMENT...

# To .NET, a standard input that is closed is whatever it opens first itself: a list from it would never end.
{ : 3<&0; } 2>/dev/null || exec </dev/null
# With one heap, glibc keeps the blocks that every training step frees and asks for again; on the heaps of other
# threads it would map each anew.
export MALLOC_ARENA_MAX=1
# What oneDNN prepares for a shape it keeps, for 1024 of them: a batch of pictures of all sizes would pile up gigabytes.
# 40 such pictures took 740 MB, and 610 MB so, in the same time. The generator has fewer than 48 at one size; with 32, a
# batch of one size took 4 % longer. Training has few shapes and many layers.
case ${2-} in extend | inference) export ONEDNN_PRIMITIVE_CACHE_CAPACITY=48 ;; esac
exec "$@"
