// The generator of random numbers belongs to the process: a run that must be repeatable cannot share it with another test.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
