using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Outpaint.Imaging;
using Outpaint.Testing;

namespace Outpaint.Tests;

/// <summary>The libraries as packages, in a program that knows nothing of this repository.</summary>
public sealed class PackageTests(PackageTests.Packages packages) : IClassFixture<PackageTests.Packages>, IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="PACKAGE" Version="*" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using Outpaint.Imaging;
        using Outpaint.Inference;

        using IInpainter inpainter = GeneratorInpainter.Load();
        using Photo photo = Photo.Load(args[0]);
        using Photo wide = new Outpainter(inpainter).Extend(photo, CanvasGeometry.ForRatio(photo.Width, photo.Height, 0.5));
        wide.Save(args[1]);
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Outpaint")]
    [InlineData("Outpaint.Web")]
    public async Task A_program_that_refers_to_the_package_extends_a_photo(string package)
    {
        Assert.All(OurVersions(Directory.EnumerateFiles(packages.Folder, package + ".?.*").Single()), version => Assert.Matches(@"^\[[^,]+\]$", version));
        await File.WriteAllTextAsync(folder.File("nuget.config"), Sources());
        await File.WriteAllTextAsync(folder.File("Program.cs"), Program);
        await File.WriteAllTextAsync(folder.File("App.csproj"), Project.Replace("PACKAGE", package, StringComparison.Ordinal));

        await Dotnet("run", "--project", folder.File("App.csproj"), "--", Path.Combine(Repository(), "samples/sunset.jpg"), folder.File("wide.png"));

        using Photo wide = Photo.Load(folder.File("wide.png"));
        Assert.Equal((768, 512), (wide.Width, wide.Height));
    }

    // In which versions the package asks for others of this repository.
    private static string[] OurVersions(string package)
    {
        using ZipArchive files = ZipFile.OpenRead(package);
        using Stream nuspec = files.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        string[] versions = [.. XDocument.Load(nuspec).Descendants()
            .Where(element => element.Attribute("id")?.Value.StartsWith("Outpaint", StringComparison.Ordinal) == true)
            .Select(dependency => dependency.Attribute("version")!.Value)];
        Assert.NotEmpty(versions);
        return versions;
    }

    // Ours come from the folder, those that they need from what this repository's build has fetched. Packages of the same
    // version are not unpacked again where they are known, so that each test has a folder for them.
    private string Sources()
    {
        string fetched = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <packageSources><clear /><add key="ours" value="{packages.Folder}" /></packageSources>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="fetched" value="{fetched}" /></fallbackPackageFolders>
            </configuration>
            """;
    }

    private static async Task Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment.Remove("NUGET_PACKAGES"); // it would win over nuget.config
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // servers would outlive the test and hold its output open
        start.Environment["UseSharedCompilation"] = "false";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));

    /// <summary>The packages, made once for all tests: it takes longer than they do.</summary>
    public sealed class Packages : IAsyncLifetime
    {
        private readonly TemporaryFolder folder = new();

        public string Folder => folder.Path;

        public async ValueTask InitializeAsync()
        {
            string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            await Dotnet("pack", Path.Combine(Repository(), "Outpaint.slnx"), "--no-build", "--configuration", configuration, "--output", Folder);
        }

        public ValueTask DisposeAsync()
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
