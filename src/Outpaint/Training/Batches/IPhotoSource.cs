namespace Outpaint.Training.Batches;

/// <summary>Where the photos of a run are kept, and how canvases are made of them.</summary>
internal interface IPhotoSource : IDisposable
{
    /// <summary>Does what can be done before the step, on the input pipeline's thread.</summary>
    TrainingBatch Load(BatchPlan plan);
}
