Console.WriteLine("outpaint");
