// Seeds, thread counts and the working set belong to the process: tests that change or measure them run alone.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
