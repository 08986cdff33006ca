// A service of one's own that takes photos and answers with wider ones. `outpaint serve` is one, too.
//
//   dotnet run --project examples/WebService --configuration Release --urls http://localhost:5000
//   curl --data-binary @holiday.jpg 'http://localhost:5000/extend?ratio=0.5&seed=1' --output wide.jpg
using Outpaint.Inference;
using Outpaint.Web;

WebApplication service = WebApplication.CreateBuilder(args).Build();
using IInpainter inpainter = GeneratorInpainter.Load();
service.MapExtend(new Outpainter(inpainter));
service.MapExtendPage();
await service.RunAsync();
