using System.IO.Compression;

namespace Outpaint.Torch.Tests.Serialization;

/// <summary>Files that PyTorch itself wrote.</summary>
internal static class TorchSaved
{
    // Every element type and every kind of view. Made with PyTorch 1.13, whose archives are always zip64, by this script:
    //
    // import torch, gzip, base64, io
    // from collections import OrderedDict
    // base = torch.arange(12.)
    // sd = OrderedDict([
    //   ('f32', base.view(3, 4)), ('transposed', base.view(3, 4).t()), ('tail', base[8:]),
    //   ('f64', torch.tensor([1., 2.]).double()), ('f16', torch.tensor([1., 2.]).half()), ('bf16', torch.tensor([1., 2.]).bfloat16()),
    //   ('i64', torch.tensor([-1, 2])), ('i32', torch.tensor([-1, 2]).int()), ('i16', torch.tensor([-1, 2]).short()),
    //   ('i8', torch.tensor([-1, 2]).char()), ('u8', torch.tensor([1, 255]).byte()), ('bool', torch.tensor([True, False])),
    //   ('parameter', torch.nn.Parameter(torch.ones(2, 1))), ('scalar', torch.tensor(7)), ('empty', torch.zeros(0, 3))])
    // sd._metadata = OrderedDict([('', {'version': 1})])
    // b = io.BytesIO()
    // torch.save({'state_dict': sd, 'epoch': 3, 'loss': .5, 'big': 2**70, 'none': None, 'size': torch.Size([1, 2]),
    //             'optimizer': {'state': {0: {'exp_avg': torch.ones(2)}}, 'param_groups': [{'lr': .1, 'betas': (.5, .999), 'params': [0, 1]}]}}, b)
    // print(base64.b64encode(gzip.compress(b.getvalue(), 9, mtime=0)).decode())
    private const string Compressed = """
        H4sIAAAAAAACA62Y23MTVRzHNxfSNJS2XERERRTRVKBtkl5SKKQESMFFaBfQWMS4SbdNJM3mt3tSCxitaMtFBbyggIog3vEf8MVBX3xxnNFRZ3
        xjfHF8ghln8BHPZZPuOQGKqWd6Jk32fD/f3+9cfidtn+xyS5LXK1W0RmmepBqpdGZUaxlUkdqc35uNReulAa6NO4sg+eM+LDCRirTEYCaFwJFK
        6dmslkIZPWf6thuDmqENbsRPfOBsUsDlj7uwYCgUBHcK6dikOVFAmazpSxhaspDJDiaQljN1IzEa9MEsvz9eQ/m6oQ5r4GESXyyrq2gH+9AHNX
        EHHtMKXopO5QtQK9ch8PXLkuyS3ZMwW3bLjkmoO5ImIcxBUK9AAw0cGWrOzOumNgiNaeyW9qRr0t401c8lerfsmoR5soNg5jP9AgR3KLAw7iZ6
        NZOFO0Xlon7ZK7sn4C7ZMQGLmepuBPcocC/LvqMNljCRldBGvZDMauWM7qMZBWAp5jkR3E8icU7AA4S3jPEeRLBcgYcYL9ABD3O8zWp2qEzzU1
        oQmhjtEYu2gtBWMtoqBM0KtNCckgTXyuGidMIDHWVkgCJDEGTIkIVsI8h2huxA0KlAmAaYwQl3ccStem64TFtNaW2whtG6LdpaQlvHaBEEPQqs
        ZzS8eaIcbUtuajdsoLB22MhgmyxYjMB6GWwzgi0KPMpgOFmZg+1I68YUbivFdcBjDLfNwm0nuD6G60egKLAj7iS4MOzkaBvSqlGG7aKwTnicwZ
        6wYHECe5LBBhDsVuApCiuEYQ+/DvvQ1CZ5msLCkGCwZyyYSmBJBsPncVABjS2rrmdhiMfhj8q4YYrrgjTDZSzcswS3l+GyCEYUyMVr8cC8aqgj
        GtIM0G9yjssjfJAvnRCaVqAVgJkY1IScTRMfMfyCmFEBwagCzx2mb8YOwT4F9sc9pBCk1KxqwAGLt5rxAvA85jkQFDGvqYkxXkDwogLj8Vl4hD
        aSR/vgJT6KIBzEKgnByyQKiRz0V3C9wFFMMMIkgkMKHC4U4QhNOYGzUUk9hKP0+atxUizhtSK8TqvUqGaYuOrBMdlhmmaSOef1VBqOyy66Blnd
        NOFEb+Qyq7N0AyYzw/DG0dpS7e2hA3N6ToM3t9Hfzcx+Dd4qbU78xgdv49lyTsLJCXhHgXdpcHoeZUbwQwNOFeG0n5rTsgxnivCeLBXhfRqkNp
        ZPqKPD8AE/GSE4y5bkQ2vdz5F1P88m4iMEFxT42DTjdaWVTwwbeiFvwid74NMifOanlKwBn/dGvj5N2hkaQRLPmAlflDPujVz558ffFx5aMQlf
        0gWlMBMu7oGv/NjYoRXUQqG5T67x/rFpW/9uPIT0vpteVfVSE3dVtbTGosuFi+omjQHGI2TS8Q/u47ifw/0S7pdxl9bjuxD3pbi3ridBjRWH1r
        WSy0a6dVAL+KACsWijdGP/q5HSwhN+4siFA430Br4Vv0EKCXycdcvtZW33J7mPR4jviX7Pr8TIO43vGsEXJ9b5X31LrcaiEv/8b3/qvL90W/7B
        GfjfKs/5gk8oFm2QZjx/9VI3z8Xhh6sNfwDD6J4ZO/jXfjJh7mm8e3hvnFJ31d70+1+E+S8+eu1kFf5tM/W/bjWnbR/N+/Zq1/Tnp15q42Npj0
        VbpWr8nZYv6ry2q4r175jJ+hN34n3w+BWzivnvnPH8O4n7+WN/d5NZcE7jHuXdw7Houhm5Dww4rhP/0A+XClX4d/0P/nT2v1n2XXx6/wZ8lZT8
        ra8JsejamQUQ8hH/n84O75ryd9DDUIrAfoU2VsQk/oUnqu13XT2nvOiRhEtX1NrvMV7bUyNoA6LWXksbOO25Cm2Fsf0i4cWLvKK47Hzju8beTl
        WIg7cftlQrikMVc22r4fx8xUVxhbG9/vLaX0Rtha+9XvLanT5B2yZq7TWP114Wte2i1l6zhHxnC9oOUWuvOEK+orZT1NqrBa9V6gRtWNTaTzqv
        /VnUdola+ynlN4cyRxIrQ5/s8ay0Hi9xrbL9W4Z//d5l2c8pXYAe+p3q9Fz23kE/m+VhmkY6no39F1frzn77EQAA
        """;

    // The format before PyTorch 1.6, by this script:
    //
    // import torch, gzip, base64, io
    // from collections import OrderedDict
    // base = torch.arange(6.)
    // sd = OrderedDict([
    //   ('f32', base.view(2, 3)), ('transposed', base.view(2, 3).t()), ('tail', base[4:]),
    //   ('f16', torch.tensor([1., 2.]).half()), ('i64', torch.tensor(7)), ('bool', torch.tensor([True, False])),
    //   ('parameter', torch.nn.Parameter(torch.ones(2, 1))), ('empty', torch.zeros(0, 3))])
    // sd._metadata = OrderedDict([('', {'version': 1})])
    // b = io.BytesIO()
    // torch.save({'state_dict': sd, 'epoch': 3, 'optimizer': {'exp_avg': torch.ones(2)}}, b, _use_new_zipfile_serialization=False)
    // print(base64.b64encode(gzip.compress(b.getvalue(), 9, mtime=0)).decode())
    private const string CompressedLegacy = """
        H4sIAAAAAAACA3WTaVPTQBjHc5RWoije4ol38cCQBgqKgoiILmfwiAeTCe1C44Qm/2TLiDOd4Q14fAZf+NKv5kdwxhdusqVM65DJ5nh2n99zbynfNf
        /vj6k/vR9/LfT0bymzv1X+rEPK292SJIVRwIJS4DsbNIq9oAqZH7C7+I7vMeZTh1bLnluF8tXWuJBthtSJvc80hlpHJm93cGFcCSKGDqLYKv/zqgxZ
        krEzCSOoriFHMrXars0EEjOXUafslRjkErft0xLjpmNtPirTiJYn+Y4Gpc+Cmk+RqwUDmRILolKl36kxz481J6IrNc8vO4xW4yByNgwNHfm8nUv5Qe
        SuUWSFijblBy5bEkINObuTnxksjOj6oF40cCA1UQpr6CTZOQZtkUhEIeoODhKVyDs49K2S+NLFcNjCEZGGyK3GYRDTMror3GwlW2nHHq0I3LEEpxJl
        B8eJnFBPCNxJhlMWTqdpYq7n48w+oJ4G6OwiyRBlG+eIvI3zAnKB4aKFSyJJA0PoFYxG3NOuv9oM+/IedqBomrjCsQrHXk3D3ca1BHtdYG8w3LQgcu
        8Nmehrwc7wojaxt1KsWSzqumkYJm5zrMyxdzi2r0/g7jL0W7iXhroSBD70Ft4EFzV5A3tuGuawDqPhZqHhppm4OSi4QwxFC8OpRuhG7jplNMLIPo3S
        PKHh/v+pLiQ5edAwNipagNf+Ia8Zfz0SBscYxi08/pr+THzBEwuT6QTQ9ZBt4mkLlufEMEYKxjCmOFbi2GcJVkp6YFp01nOBfcFALMzU6phNNR3upl
        t2mYu5dH/e5kIJC3Uspv29O6oWkeM4XhEehEGpgiWipoQgZN46n9IIL+t4lSrRT6HjbqzhdWvsZmFYH9J5jd80YrcbiX6bJPqdcPA9wwcLy3EyxcvJ
        FLfWXG6LV2lrNbWtppm2tHe0dXy2zbUc7ZclceWk1kvZ/RiVxne/5T2ptDWWrGyLTiKTxvnN1xZfP8fbz/8DRwZcrzUFAAA=
        """;

    public static byte[] Checkpoint => Decompress(Compressed);

    public static byte[] LegacyCheckpoint => Decompress(CompressedLegacy);

    private static byte[] Decompress(string base64)
    {
        using var compressed = new MemoryStream(Convert.FromBase64String(base64));
        using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
        using var checkpoint = new MemoryStream();
        gzip.CopyTo(checkpoint);
        return checkpoint.ToArray();
    }
}
