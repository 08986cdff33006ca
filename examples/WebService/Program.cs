// Photos go in and wider photos come out, over HTTP, or on the page at http://localhost:5000:
//
//   dotnet run --project examples/WebService --configuration Release --urls http://localhost:5000
//   curl --data-binary @holiday.jpg 'http://localhost:5000/extend?ratio=0.5&seed=1' --output wide.jpg
using Outpaint.Inference;
using WebService;

WebApplication service = WebApplication.CreateBuilder(args).Build();
using IInpainter inpainter = GeneratorInpainter.Load();
service.MapExtend(new Outpainter(inpainter));
service.MapPage();
await service.RunAsync();
